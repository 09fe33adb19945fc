using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>
/// Requests as clients and browsers send them, to every endpoint that reads a query, a form or JSON, from a user's
/// browser where a page is concerned. Mostly they are spoilt afterwards (<see cref="RequestSpoiler"/>).
/// </summary>
internal sealed class RequestGenerator(Choices choices, KnownValues known, IReadOnlyList<KnownClient> clients, string canary)
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    private readonly List<KnownClient> _registered = [];
    private readonly string _verifier = VerifierWith(canary);
    private readonly string _challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(VerifierWith(canary))));

    public KnownClient Client { get; private set; } = clients[0];

    /// <summary>Newly registered by a program.</summary>
    public void Add(KnownClient client)
    {
        _registered.Add(client);
        if (_registered.Count > 5)
        {
            _registered.RemoveAt(0);
        }
    }

    public GeneratedRequest Next(string cookies)
    {
        Client = _registered.Count > 0 && choices.OneIn(5) ? choices.Of(_registered) : choices.Of(clients);
        var request = choices.Below(20) switch
        {
            < 5 => Authorize(),
            < 9 => Token(),
            < 11 => Authenticated("par", [.. Authorization(), ("client_id", Client.Id)]),
            < 13 => Device(),
            < 15 => Register(),
            15 => Authenticated("revoke", [("token", Known("access_token")), ("token_type_hint", "access_token")]),
            16 => Authenticated("introspect", [("token", choices.OneIn(2) ? Known("access_token") : Known("refresh_token"))]),
            17 => Verify(),
            18 => choices.OneIn(2) ? Bearer("userinfo", "userinfo", Known("access_token")) : Logout(),
            _ => choices.OneIn(8) ? Password() : Management(),
        };

        if (request.Endpoint is "authorize" or "verify" or "logout" or "sign-in" or "sign-up" && !choices.OneIn(8))
        {
            request.Headers.Add(("Cookie", cookies));
        }

        if (choices.OneIn(3))
        {
            request.Headers.Add(
                ("Accept", choices.Of(["text/html", "*/*", "application/json", "text/html;q=0", "\0", "image/*, text/html"])));
        }

        return request;
    }

    private GeneratedRequest Authorize()
    {
        var request = new GeneratedRequest("authorize", choices.OneIn(4) ? "POST" : "GET", "/oauth2/authorize") { ContentType = Form };
        request.Parameters.Add(("client_id", Client.Id));
        request.Parameters.AddRange(choices.OneIn(6) ? [("request_uri", Escape(Known("request_uri")))] : Authorization());
        return request;
    }

    private List<(string Name, string Value)> Authorization()
    {
        List<(string Name, string Value)> parameters =
        [
            ("response_type", "code"),
            ("redirect_uri", Escape(choices.Of(Client.RedirectUris))),
            ("scope", choices.Of(["openid", "openid%20profile%20email", "openid+offline_access", "tasks:read", "openid%20tasks:write"])),
            ("state", Escape($"state {choices.Below(1000)} é&")),
            ("nonce", $"n{choices.Below(1000)}"),
        ];
        if (Client.Secret is null || choices.OneIn(2))
        {
            parameters.Add(("code_challenge", _challenge));
            parameters.Add(("code_challenge_method", "S256"));
        }

        foreach (var (name, value) in ((string, string)[])
            [("prompt", "none"), ("prompt", "consent"), ("prompt", "login"), ("max_age", "3600"), ("login_hint", Escape(
                $"{canary}@example.com")), ("response_mode", "form_post"), ("response_mode", "fragment"), ("ui_locales", "en"),
                ("id_token_hint", Known("id_token"))])
        {
            if (choices.OneIn(9))
            {
                parameters.Add((name, value));
            }
        }

        return parameters;
    }

    private GeneratedRequest Token() => Authenticated("token", choices.Below(4) switch
    {
        0 => [("grant_type", "client_credentials"), ("scope", "tasks:read")],
        1 => [("grant_type", "refresh_token"), ("refresh_token", Known("refresh_token"))],
        2 => [("grant_type", Escape("urn:ietf:params:oauth:grant-type:device_code")), ("device_code", Known("device_code"))],
        _ => [("grant_type", "authorization_code"), ("code", Known(
            "code")), ("redirect_uri", Escape(choices.Of(Client.RedirectUris))), ("code_verifier", _verifier)],
    });

    private GeneratedRequest Device() =>
        new("device", "POST", "/oauth2/device")
        {
            ContentType = Form,
            Parameters = [("client_id", Client.Id), ("scope", "openid%20offline_access")]
        };

    private GeneratedRequest Verify() => choices.OneIn(2)
        ? new("verify", "GET", "/oauth2/verify") { Parameters = [("user_code", Known("user_code"))] }
        : new("verify", "POST", "/oauth2/verify")
        {
            ContentType = Form,
            Parameters = [("user_code", Known(
                "user_code")), ("choice", choices.Of(["allow", "deny"])), ("__RequestVerificationToken", Known("antiforgery"))],
        };

    private GeneratedRequest Logout() => new("logout", choices.OneIn(3) ? "POST" : "GET", "/oauth2/logout")
    {
        ContentType = Form,
        Parameters = [("post_logout_redirect_uri", Escape(choices.Of(Client.RedirectUris))), ("state", "s"), ("client_id", Client.Id)],
    };

    // A wrong password costs the server a slow hash, so these are few.
    private GeneratedRequest Password()
    {
        var page = choices.Of(["sign-in", "sign-up"]);
        return new(page, "POST", $"/{page}")
        {
            ContentType = Form,
            Parameters = [("Name", "Alice"), ("Email", Escape($"{canary}-nobody@example.com")), (
                "Password", $"{canary}-password"), ("__RequestVerificationToken", Known("antiforgery"))],
        };
    }

    private GeneratedRequest Register()
    {
        var client = new JsonObject
        {
            ["client_name"] = "A robot",
            ["redirect_uris"] = new JsonArray(
                choices.Of(["https://robot.example/callback", "http://127.0.0.1/callback", "http://localhost:8080/callback"])),
            ["token_endpoint_auth_method"] = choices.Of(["client_secret_basic", "client_secret_post", "none"]),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["scope"] = "openid profile offline_access",
        };
        return new("register", "POST", "/oauth2/register") { ContentType = Json, Body = Encoding.UTF8.GetBytes(client.ToJsonString()) };
    }

    private GeneratedRequest Management()
    {
        if (_registered.Count == 0)
        {
            return Register();
        }

        var client = Client = choices.Of(_registered);
        var request = Bearer("registration", $"register/{client.Id}", client.RegistrationToken!);
        request.Method = choices.Of(["GET", "GET", "PUT", "PUT", "PUT", "DELETE"]);
        if (request.Method == "PUT")
        {
            request.ContentType = Json;
            request.Body = Encoding.UTF8.GetBytes(new JsonObject
            {
                ["client_id"] = client.Id,
                ["client_secret"] = client.Secret,
                ["redirect_uris"] = new JsonArray([.. client.RedirectUris.Select(uri => JsonValue.Create(uri))]),
                ["token_endpoint_auth_method"] = client.Secret is null ? "none" : "client_secret_basic",
            }.ToJsonString());
        }

        return request;
    }

    private static GeneratedRequest Bearer(string endpoint, string path, string token)
    {
        var request = new GeneratedRequest(endpoint, "GET", $"/oauth2/{path}") { ContentType = Form };
        request.Headers.Add(("Authorization", $"Bearer {token}"));
        return request;
    }

    private GeneratedRequest Authenticated(string endpoint, List<(string Name, string Value)> parameters)
    {
        var request = new GeneratedRequest(endpoint, "POST", $"/oauth2/{endpoint}") { ContentType = Form, Parameters = parameters };
        switch (Client.Secret)
        {
            case null:
                parameters.Insert(0, ("client_id", Client.Id));
                break;
            case { } secret when choices.OneIn(2):
                request.Headers.Add(("Authorization", GeneratedRequest.Basic(Client.Id, secret)));
                break;
            case { } secret:
                parameters.AddRange([("client_id", Client.Id), ("client_secret", Escape(secret))]);
                break;
        }

        return request;
    }

    /// <summary>Of a client the server gave it to, mostly.</summary>
    private string Known(string kind) => kind switch
    {
        "request_uri" or "user_code" or "antiforgery" => known.Newest(choices.OneIn(20) ? "code" : kind),
        _ => known.Newest(choices.OneIn(20) ? "access_token" : $"{kind} {Client.Id}"),
    };

    private static string VerifierWith(string canary) => $"{canary}-code-verifier-of-at-least-43-characters";

    private static string Escape(string value) => Uri.EscapeDataString(value);
}
