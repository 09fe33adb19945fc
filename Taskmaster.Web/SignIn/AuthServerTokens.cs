using System.Net;
using System.Text.Json.Serialization;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>AuthServer's token and revocation endpoints, as the client <c>taskmaster-web</c> uses them outside of signing in.</summary>
internal sealed class AuthServerTokens(AuthServerMetadata metadata, IHttpClientFactory clients, TimeProvider clock, string clientSecret)
{
    /// <returns>The new tokens; null when AuthServer refuses the refresh token.</returns>
    /// <exception cref="ServiceUnavailableException">AuthServer, or its store, is away.</exception>
    public async Task<SessionTokens?> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var endpoints = await metadata.GetConfigurationAsync(cancellationToken);
        using var response = await PostAsync(endpoints.TokenEndpoint, new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
        }, cancellationToken);

        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode
            || await response.Content.ReadFromJsonAsync<TokenResponse>(cancellationToken) is not { AccessToken: { } accessToken } tokens)
        {
            throw new ServiceUnavailableException(ResourceNames.AuthServer);
        }

        // RFC 6749 §6: without a new refresh token the old one goes on.
        return new(accessToken, tokens.RefreshToken ?? refreshToken, tokens.IdToken, clock.GetUtcNow().AddSeconds(tokens.ExpiresIn));
    }

    /// <summary>RFC 7009 §2.</summary>
    /// <exception cref="ServiceUnavailableException">AuthServer, or its store, is away.</exception>
    public async Task RevokeAsync(string token, string hint, CancellationToken cancellationToken)
    {
        var endpoints = await metadata.GetConfigurationAsync(cancellationToken);
        if (endpoints.RevocationEndpoint is { Length: > 0 } revocationEndpoint)
        {
            using var response = await PostAsync(revocationEndpoint, new()
            {
                ["token"] = token,
                ["token_type_hint"] = hint,
            }, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(
        string endpoint, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        form["client_id"] = WellKnownClients.Web;
        form["client_secret"] = clientSecret;

        using var client = clients.CreateClient(AuthServerBackchannel.Name);
        using var content = new FormUrlEncodedContent(form);
        return await client.PostAsync(new Uri(endpoint), content, cancellationToken);
    }

    /// <summary>RFC 6749 §5.1 and OpenID Connect Core 1.0 §12.2.</summary>
    private sealed record TokenResponse(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("id_token")] string? IdToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
