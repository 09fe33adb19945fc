using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// A registered OAuth client and the requests it makes; how they travel is the derived type's. A public client has no secret and
/// names itself in the form instead.
/// </summary>
public abstract record OAuthClient(string ClientId, string? ClientSecret, string? RedirectUri)
{
    public string Secret => ClientSecret ?? throw new InvalidOperationException("A public client has no secret.");

    /// <summary>A later parameter replaces an earlier one of the same name; null leaves it out.</summary>
    public string AuthorizeUrl(params (string Name, string? Value)[] parameters) => "/oauth2/authorize?" + Encode(Merge(
    [
        ("response_type", "code"), ("client_id", ClientId), ("redirect_uri", RedirectUri), ("scope", "openid profile email"),
        .. parameters,
    ]));

    public Task<Answer> ClientCredentialsAsync(params (string Name, string? Value)[] parameters) =>
        TokenAsync([("grant_type", "client_credentials"), .. parameters]);

    public Task<Answer> RedeemAsync(string code, params (string Name, string? Value)[] parameters) =>
        TokenAsync([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri), .. parameters]);

    public Task<Answer> RefreshAsync(string refreshToken) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public Task<Answer> TokenAsync(params (string Name, string? Value)[] parameters) => PostAsync("/oauth2/token", parameters);

    public Task<Answer> IntrospectAsync(string token) => PostAsync("/oauth2/introspect", ("token", token));

    public Task<Answer> RevokeAsync(string token) => PostAsync("/oauth2/revoke", ("token", token));

    public async Task<bool> IsActiveAsync(string token) => (bool)(await IntrospectAsync(token)).Is(HttpStatusCode.OK).Json["active"]!;

    /// <summary>A later parameter replaces an earlier one of the same name; null leaves it out.</summary>
    public Task<Answer> PostAsync(string path, params (string Name, string? Value)[] parameters) =>
        PostFormAsync(path, Merge(ClientSecret is null ? [("client_id", ClientId), .. parameters] : parameters));

    /// <summary>Just this form, for a parameter that is there twice.</summary>
    public Task<Answer> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (ClientSecret is not null)
        {
            request.Headers.Authorization = Basic(ClientId, ClientSecret);
        }

        return SendAsync(request);
    }

    /// <summary>RFC 6749 §2.3.1: each part form-urlencoded, then joined and encoded in Base64.</summary>
    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{WebUtility.UrlEncode(id)}:{WebUtility.UrlEncode(secret)}")));

    /// <param name="request">Its address may be relative to the authorization server.</param>
    public abstract Task<Answer> SendAsync(HttpRequestMessage request);

    private protected static Dictionary<string, string> Merge(IEnumerable<(string Name, string? Value)> parameters) =>
        parameters.GroupBy(parameter => parameter.Name)
            .Where(values => values.Last().Value is not null)
            .ToDictionary(values => values.Key, values => values.Last().Value!);

    private static string Encode(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
}
