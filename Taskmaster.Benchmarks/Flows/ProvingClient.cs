using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>
/// The side's client with a P-256 key: it gets a token that is bound to the key, and makes a proof for each use (RFC 9449).
/// </summary>
internal sealed class ProvingClient(Side side) : IDisposable
{
    private const string NonceHeader = "DPoP-Nonce";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HttpClient _http = new();
    private string? _nonce;
    private string? _token;

    public string Token => _token ?? throw new InvalidOperationException("No token was asked for.");

    /// <summary>One proof for each of so many requests, made now: they are good for a minute.</summary>
    public async Task<IReadOnlyList<string>> ProofsAsync(string path, int count)
    {
        // The first answer has a nonce, the second a token; both are new, however long the rounds before took.
        _nonce = null;
        _token = await AskAsync() ?? await AskAsync() ?? throw new InvalidOperationException("No token for a proof.");
        var hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_token)));
        return [.. Enumerable.Range(0, count).Select(_ => Proof("GET", path, $",\"ath\":\"{hash}\""))];
    }

    public void Dispose()
    {
        _key.Dispose();
        _http.Dispose();
    }

    private async Task<string?> AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{side.Port}/oauth2/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", side.Client.Basic);
        request.Headers.Add("DPoP", Proof("POST", "/oauth2/token", more: ""));
        using var response = await _http.SendAsync(request);
        _nonce = response.Headers.TryGetValues(NonceHeader, out var nonces) ? nonces.Single() : _nonce;
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.TryGetProperty("access_token", out var token) ? token.GetString() : null;
    }

    /// <summary>A proof names the address at the side's public origin, whichever service is asked.</summary>
    private string Proof(string method, string path, string more)
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var header = $$"""
            {"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"} }
            """;
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var nonce = _nonce is null ? "" : $",\"nonce\":\"{_nonce}\"";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = $$"""
            {"jti":"{{id}}","htm":"{{method}}","htu":"http://127.0.0.1:{{side.OriginPort}}{{path}}","iat":{{now}}{{more}}{{nonce}} }
            """;
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
