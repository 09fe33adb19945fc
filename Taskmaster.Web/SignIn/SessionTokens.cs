using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace Taskmaster.Web.SignIn;

/// <summary>The tokens of a session, under the names the OpenID Connect handler saves them by.</summary>
internal sealed record SessionTokens(string AccessToken, string? RefreshToken, string? IdToken, DateTimeOffset ExpiresAt)
{
    /// <summary>Null when a session lacks them, which only a session of an older version can.</summary>
    public static SessionTokens? From(AuthenticationProperties properties) =>
        properties.GetTokenValue("access_token") is { } accessToken
        && DateTimeOffset.TryParse(properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, out var expiresAt)
            ? new(accessToken, properties.GetTokenValue("refresh_token"), properties.GetTokenValue("id_token"), expiresAt)
            : null;

    public void StoreIn(AuthenticationProperties properties)
    {
        List<AuthenticationToken> tokens =
        [
            new() { Name = "access_token", Value = AccessToken },
            new() { Name = "expires_at", Value = ExpiresAt.ToString("o", CultureInfo.InvariantCulture) },
        ];
        Add("refresh_token", RefreshToken);
        Add("id_token", IdToken);
        properties.StoreTokens(tokens);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                tokens.Add(new() { Name = name, Value = value });
            }
        }
    }
}
