using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.Tests.Web;

/// <summary>
/// As much of an OpenID provider as Web talks to: it signs everybody in at once as Alice, and counts what it is asked.
/// </summary>
internal sealed class StubAuthServer : IAsyncDisposable
{
    public const string ClientSecret = "the secret of taskmaster-web";

    private readonly StubService _service;
    private readonly string _origin;
    private RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "key" };
    private readonly ConcurrentDictionary<string, string?> _nonces = new();
    private int _issued;

    private StubAuthServer(StubService service, string origin) => (_service, _origin) = (service, origin);

    public string Address => _service.Address;

    public IReadOnlyCollection<ReceivedRequest> Received => _service.Received;

    /// <summary>How many seconds its access tokens say they live.</summary>
    public int ExpiresIn { get; set; } = 3600;

    public bool AcceptsRefreshTokens { get; set; } = true;

    /// <summary>Answers what is not OpenID Connect: the management API.</summary>
    public RequestDelegate Management { get; set; } = _ => Task.CompletedTask;

    /// <summary>Answers everything instead.</summary>
    public RequestDelegate? Instead { get; set; }

    public static async Task<StubAuthServer> StartAsync(string origin = "http://localhost")
    {
        var stub = new StubAuthServer(await StubService.StartAsync(), origin);
        stub._service.Answer = stub.AnswerAsync;
        return stub;
    }

    public IEnumerable<ReceivedRequest> ReceivedAt(string path) => Received.Where(request => request.PathAndQuery.Split('?')[0] == path);

    public void Forget() => _service.Received.Clear();

    /// <summary>Another key signs from now on, and is the only one that is published.</summary>
    public void RotateKey()
    {
        _key.Rsa.Dispose();
        _key = new(RSA.Create(2048)) { KeyId = _key.KeyId + "'" };
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private Task AnswerAsync(HttpContext context) => Instead is { } instead ? instead(context) : context.Request.Path.Value switch
    {
        "/.well-known/openid-configuration" => context.Response.WriteAsJsonAsync(new Dictionary<string, string>
        {
            ["issuer"] = _origin,
            ["authorization_endpoint"] = _origin + "/oauth2/authorize",
            ["token_endpoint"] = _origin + "/oauth2/token",
            ["revocation_endpoint"] = _origin + "/oauth2/revoke",
            ["end_session_endpoint"] = _origin + "/oauth2/logout",
            ["jwks_uri"] = _origin + "/oauth2/jwks",
        }),
        "/oauth2/jwks" => JwksAsync(context),
        "/oauth2/authorize" => AuthorizeAsync(context),
        "/oauth2/token" => TokenAsync(context),
        "/oauth2/logout" => RedirectAsync(
            context, $"{context.Request.Query["post_logout_redirect_uri"]}?state={Uri.EscapeDataString(context.Request.Query["state"]!)}"),
        "/oauth2/revoke" => Task.CompletedTask,
        _ => Management(context),
    };

    private Task JwksAsync(HttpContext context)
    {
        var parameters = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return context.Response.WriteAsJsonAsync(new
        {
            keys = new[] { new { kty = "RSA", kid = _key.KeyId, use = "sig", alg = "RS256", n = Base64UrlEncoder.Encode(
                parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } },
        });
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var code = $"code-{Interlocked.Increment(ref _issued)}";
        _nonces[code] = query["nonce"];
        return RedirectAsync(context, $"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private Task TokenAsync(HttpContext context)
    {
        var form = HttpUtility.ParseQueryString((string)context.Items["body"]!);
        if (form["client_secret"] != ClientSecret || (form["grant_type"] == "refresh_token" && !AcceptsRefreshTokens))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsJsonAsync(new { error = "invalid_grant" });
        }

        var number = Interlocked.Increment(ref _issued);
        return context.Response.WriteAsJsonAsync(new Dictionary<string, object>
        {
            ["access_token"] = $"access-{number}",
            ["refresh_token"] = $"refresh-{number}",
            ["id_token"] = IdToken(form["code"] is { } code ? _nonces[code] : null),
            ["token_type"] = "Bearer",
            ["expires_in"] = ExpiresIn,
        });
    }

    private string IdToken(string? nonce)
    {
        var claims = new Dictionary<string, object> { ["sub"] = "alice", ["name"] = "Alice Example", ["email"] = "alice@example.com" };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _origin,
            Audience = "taskmaster-web",
            Claims = claims,
            SigningCredentials = new(_key, SecurityAlgorithms.RsaSha256),
        });
    }

    private static Task RedirectAsync(HttpContext context, FormattableString location)
    {
        context.Response.Redirect(location.ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}
