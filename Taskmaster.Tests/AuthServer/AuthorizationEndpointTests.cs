using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed class AuthorizationEndpointTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public static TheoryData<string> OtherRedirectUris => new(
        "https://yourapp.com/auth/callback2",
        "https://yourapp.com/auth/callback/",
        "https://yourapp.com/auth/callback?x=1",
        "https://yourapp.com/auth/callback#x",
        "https://yourapp.com/auth/Callback",
        "https://YOURAPP.com/auth/callback",
        "http://yourapp.com/auth/callback",
        "https://yourapp.com:444/auth/callback",
        "https://yourapp.com.evil.example/auth/callback",
        "https://evil.example/?https://yourapp.com/auth/callback",
        "https://user@yourapp.com/auth/callback",
        "https://yourapp.com/auth/*",
        "//yourapp.com/auth/callback",
        "/auth/callback",
        "javascript:alert(1)",
        "%");

    [Theory]
    [Trait("Behaviour", "10")]
    [MemberData(nameof(OtherRedirectUris))]
    public async Task A_redirect_URI_that_differs_in_anything_is_refused_here_and_not_redirected_to(string redirectUri)
    {
        var client = await host.NewClientAsync();
        var url = client.AuthorizeUrl(("redirect_uri", redirectUri));

        var program = await host.NewUserAgent().GetAsync(url, accept: "*/*");
        var browser = await host.NewUserAgent().GetAsync(url);

        program.IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid redirect URI");
        Assert.Null(program.Location);
        browser.Is(HttpStatusCode.BadRequest);
        Assert.Null(browser.Location);
        Assert.Contains("Invalid redirect URI", UserAgent.Html(browser).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Behaviour", "10")]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51004/callback", true)]
    [InlineData("http://127.0.0.1:3000/callback", "http://127.0.0.1:51004/callback", true)]
    [InlineData("http://[::1]/callback", "http://[::1]:61023/callback", true)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51004/other", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51004/callback?x", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.2:51004/callback", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:51004@evil.example/callback", false)]
    [InlineData("https://yourapp.com/callback", "https://yourapp.com:51004/callback", false)]
    public async Task A_native_application_may_listen_on_any_port_of_the_loopback_address(
        string registered, string requested, bool accepted)
    {
        var client = await host.NewClientAsync(isPublic: true, redirectUris: registered);
        var confidential = await host.NewClientAsync(redirectUris: registered);

        var answer = await host.NewUserAgent().GetAsync(
            client.AuthorizeUrl(("redirect_uri", requested), ("code_challenge", Challenge), ("code_challenge_method", "S256")));

        answer.Is(accepted ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest);
        (await host.NewUserAgent().GetAsync(confidential.AuthorizeUrl(("redirect_uri", requested)))).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Behaviour", "16")]
    public async Task A_missing_client_id_is_named()
    {
        var client = await host.NewClientAsync();

        (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("client_id", null)), accept: "application/json"))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Missing required parameter: client_id");
        (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("redirect_uri", null)), accept: "application/json"))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Missing required parameter: redirect_uri");
    }

    [Fact]
    [Trait("Behaviour", "16")]
    public async Task An_unknown_client_gets_an_error_page_and_no_redirect()
    {
        var client = await host.NewClientAsync();

        (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("client_id", "nobody")), accept: "*/*"))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Unknown client");
        var page = (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("client_id", "nobody")))).Is(HttpStatusCode.BadRequest);
        Assert.Null(page.Location);
        Assert.Equal("text/html", page.Message.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [Trait("Behaviour", "8")]
    [InlineData("plain", "Unsupported code challenge method")]
    [InlineData(null, "Missing required parameter: code_challenge_method")]
    [InlineData("s256", "Unsupported code challenge method")]
    public async Task A_challenge_without_S256_is_an_error_and_never_plain(string? method, string description)
    {
        var client = await host.NewClientAsync();

        var answer = await host.NewUserAgent().GetAsync(
            client.AuthorizeUrl(("code_challenge", Challenge), ("code_challenge_method", method), ("state", "xyz")));

        IsRedirectedError(answer, client, "invalid_request", description);
    }

    [Fact]
    [Trait("Behaviour", "9")]
    public async Task A_public_client_and_one_that_asked_for_it_cannot_do_without_PKCE()
    {
        var confidential = await host.NewClientAsync(requirePkce: true);
        foreach (var client in new[] { await host.NewClientAsync(isPublic: true), confidential })
        {
            var answer = await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("state", "xyz")));
            IsRedirectedError(answer, client, "invalid_request", "Missing required parameter: code_challenge");
        }

        var user = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        Assert.NotEmpty(await confidential.CodeAsync(user, ("code_challenge", Challenge), ("code_challenge_method", "S256")));
    }

    [Theory]
    [Trait("Behaviour", "20")]
    [InlineData("token")]
    [InlineData("id_token")]
    [InlineData("code id_token")]
    [InlineData("code code")]
    [InlineData("code,code")]
    [InlineData("nonsense")]
    public async Task Another_response_type_than_code_is_unsupported(string responseType)
    {
        var client = await host.NewClientAsync();

        var answer = await host.NewUserAgent().GetAsync(
            client.AuthorizeUrl(("response_type", responseType), ("state", "xyz"), ("nonce", "n")));

        IsRedirectedError(answer, client, "unsupported_response_type", "Unsupported response type");
    }

    [Fact]
    [Trait("Behaviour", "25")]
    public async Task A_scope_that_the_client_cannot_have_goes_back_to_the_client_by_name()
    {
        var client = await host.NewClientAsync();

        foreach (var scope in new[] { "clients:manage", "nonsense" })
        {
            var answer = await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("scope", $"openid {scope}"), ("state", "xyz")));
            IsRedirectedError(answer, client, "invalid_scope", $"Invalid scope: {scope}");
        }
    }

    [Theory]
    [Trait("Behaviour", "21")]
    [InlineData("client_id", false)]
    [InlineData("redirect_uri", false)]
    [InlineData("scope", true)]
    [InlineData("state", true)]
    [InlineData("response_type", true)]
    public async Task A_parameter_sent_twice_is_refused(string parameter, bool redirected)
    {
        var client = await host.NewClientAsync();
        var url = client.AuthorizeUrl(("state", "xyz"));
        var value = url.Split('?', '&').Single(part => part.StartsWith(parameter + "=", StringComparison.Ordinal));

        var answer = await host.NewUserAgent().GetAsync($"{url}&{value}", accept: "*/*");

        if (redirected)
        {
            answer.Is(HttpStatusCode.Redirect);
            Assert.Equal("invalid_request", answer.Query["error"]);
            Assert.Equal($"Duplicate parameter: {parameter}", answer.Query["error_description"]);
            Assert.StartsWith(client.RedirectUri, answer.Location!.OriginalString, StringComparison.Ordinal);
        }
        else
        {
            answer.IsError(HttpStatusCode.BadRequest, "invalid_request", $"Duplicate parameter: {parameter}");
        }
    }

    public static TheoryData<string, string, string> Malformed => new()
    {
        { "max_age", "1.5", "Invalid max_age" },
        { "max_age", "-1", "Invalid max_age" },
        { "max_age", "+1", "Invalid max_age" },
        { "max_age", "1e3", "Invalid max_age" },
        { "max_age", "soon", "Invalid max_age" },
        { "max_age", "99999999999999999999", "Invalid max_age" },
        { "code_challenge", "x", "Invalid code challenge" },
        { "code_challenge", Challenge[..42], "Invalid code challenge" },
        { "code_challenge", Challenge + "=", "Invalid code challenge" },
        { "code_challenge", Challenge + "A", "Invalid code challenge" },
        { "code_challenge", Challenge[..42] + "+", "Invalid code challenge" },
        { "code_challenge", Challenge[..42] + "\u00fc", "Invalid code challenge" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_cannot_be_is_told_to_the_client_before_its_user_is_asked_and_when_it_is_pushed(
        string parameter, string value, string description)
    {
        var client = await host.NewClientAsync();
        (string, string?)[] parameters =
        [
            ("state", "xyz"), ("code_challenge", Challenge), ("code_challenge_method", "S256"), (parameter, value)
        ];

        IsRedirectedError(await host.NewUserAgent().GetAsync(client.AuthorizeUrl(parameters)), client, "invalid_request", description);
        (await client.PostAsync(
            "/oauth2/par", [("client_id", client.ClientId), ("response_type", "code"), ("redirect_uri", client.RedirectUri), .. parameters]))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", description);
        (await client.PostAsync(
            "/oauth2/par", ("client_id", client.ClientId), ("response_type", "code code"), ("redirect_uri", client.RedirectUri)))
            .IsError(HttpStatusCode.BadRequest, "unsupported_response_type", "Unsupported response type");
    }

    /// <summary>RFC 6749 §4.1.2.1 and §5.2: no quotation mark, no backslash, nothing beyond ASCII, whatever was sent.</summary>
    [Fact]
    public async Task What_was_sent_is_quoted_in_the_characters_that_a_description_may_have_and_not_at_any_length()
    {
        var client = await host.NewClientAsync();

        IsRedirectedError(
            await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("scope", "a\"b\\\u00fc\U0001f600"), ("state", "xyz"))),
            client, "invalid_scope", "Invalid scope: a?b???");
        (await client.PostAsync("/oauth2/par",
            ("client_id", client.ClientId), ("response_type", "code"), ("redirect_uri", client.RedirectUri), ("scope", "a\"b\\\u00fc")))
            .IsError(HttpStatusCode.BadRequest, "invalid_scope", "Invalid scope: a?b??");
        (await client.ClientCredentialsAsync(("scope", "\u00fc"))).IsError(HttpStatusCode.BadRequest, "invalid_scope", "Invalid scope: ?");
        IsRedirectedError(
            await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("scope", new string('s', 5000)), ("state", "xyz"))), client,
            "invalid_scope", $"Invalid scope: {new string('s', 100)}...");
        var twice = await host.NewUserAgent().GetAsync(client.AuthorizeUrl() + "&%22%C3%BC=1&%22%C3%BC=2", accept: "*/*");
        Assert.Equal("Duplicate parameter: ??", twice.Query["error_description"]);
    }

    /// <summary>RFC 6749 §3.1, §3.2: it belongs to token exchange, which is not here.</summary>
    [Fact]
    public async Task An_audience_is_a_parameter_like_any_other_that_nobody_knows()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var tokens = (await client.RedeemAsync(await client.CodeAsync(alice, ("audience", "https://api.example"), (
            "scope", "openid offline_access")), ("audience", "https://api.example"))).Is(HttpStatusCode.OK);
        (await client.TokenAsync(("grant_type", "refresh_token"),
            ("refresh_token", tokens["refresh_token"]), ("audience", "https://api.example"))).Is(HttpStatusCode.OK);
        (await client.ClientCredentialsAsync(("audience", "https://api.example"))).Is(HttpStatusCode.OK);
        (await client.PostAsync("/oauth2/par", ("client_id", client.ClientId),
            ("response_type", "code"), ("redirect_uri", client.RedirectUri), ("audience", "x"))).Is(HttpStatusCode.Created);
    }

    public static TheoryData<string> States =>
        new("xyz", "a&b=c#d%e+f g", "ü€𝄞", "\"<script>", new string('s', 1000), string.Concat(Enumerable.Repeat("ü&", 500)));

    [Theory]
    [Trait("Behaviour", "15")]
    [MemberData(nameof(States))]
    public async Task The_state_comes_back_byte_for_byte_and_once_with_the_issuer_on_success_and_on_error(string state)
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var denied = await alice.DenyAsync(client.AuthorizeUrl(("state", state)));
        var allowed = await alice.AllowAsync(client.AuthorizeUrl(("state", state)));
        var refused = await alice.GetAsync(client.AuthorizeUrl(("state", state), ("scope", "nonsense")));

        Assert.NotNull(allowed.Query["code"]);
        Assert.Equal("access_denied", denied.Query["error"]);
        Assert.Equal("invalid_scope", refused.Query["error"]);
        foreach (var answer in new[] { allowed, denied, refused })
        {
            Assert.Equal(state, Assert.Single(answer.Query.GetValues("state")!));
            Assert.Equal(AuthServerHost.Origin, Assert.Single(answer.Query.GetValues("iss")!));
        }
    }

    [Fact]
    [Trait("Behaviour", "15")]
    public async Task Without_a_state_none_comes_back()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        Assert.Null((await alice.AllowAsync(client.AuthorizeUrl())).Query["state"]);
    }

    [Theory]
    [InlineData("""{"id_token":{"acr":{"essential":true,"values":["urn:mace:incommon:iap:silver"]}}}""")]
    [InlineData("""{"id_token":{"acr":{"essential":true,"value":"phr"}}}""")]
    public async Task An_essential_acr_that_no_sign_in_here_has_is_told_to_the_client_at_once(string claims)
    {
        var client = await host.NewClientAsync();

        IsRedirectedError(
            await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("claims", claims), ("state", "xyz"))),
            client, "unmet_authentication_requirements", "No sign-in meets the required acr");
        (await client.PostAsync(
            "/oauth2/par", ("client_id", client.ClientId), ("response_type", "code"), ("redirect_uri", client.RedirectUri), ("claims", claims)))
            .IsError(HttpStatusCode.BadRequest, "unmet_authentication_requirements", "No sign-in meets the required acr");
    }

    /// <summary>JSON's grammar lets a name or a value be halves of surrogate pairs, which are no text.</summary>
    [Theory]
    [InlineData("{")]
    [InlineData("""{"\ud800\ud800":1}""")]
    [InlineData("""{"id_token":{"acr":{"essential":true,"value":"\ud800\ud800\ud800\ud800\ud800\ud800\ud800\ud800"}}}""")]
    public async Task Claims_that_cannot_be_read_are_told_to_the_client_at_once(string claims)
    {
        var client = await host.NewClientAsync();

        IsRedirectedError(
            await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("claims", claims), ("state", "xyz"))),
            client, "invalid_request", "Invalid claims");
        (await client.PostAsync(
            "/oauth2/par", ("client_id", client.ClientId), ("response_type", "code"), ("redirect_uri", client.RedirectUri), ("claims", claims)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid claims");
    }

    [Theory]
    [InlineData("""{"id_token":{"acr":{"essential":true,"values":["phr","urn:oasis:names:tc:SAML:2.0:ac:classes:Password"]}}}""")]
    [InlineData("""{"id_token":{"acr":{"essential":true}}}""")]
    [InlineData("""{"id_token":{"acr":{"values":["phr"]}}}""")]
    [InlineData("""{"id_token":{"acr":null},"userinfo":7}""")]
    public async Task An_acr_that_a_password_has_or_that_is_only_wished_for_is_answered_with_the_passwords(string claims)
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var tokens = (await client.RedeemAsync(await client.CodeAsync(alice, ("claims", claims)))).Is(HttpStatusCode.OK);

        Assert.Equal("urn:oasis:names:tc:SAML:2.0:ac:classes:Password", (string?)IdToken.Read(tokens["id_token"]).Claims["acr"]);
    }

    [Fact]
    public async Task A_request_by_POST_is_answered_as_one_by_GET()
    {
        var client = await host.NewClientAsync();
        var parameters = client.AuthorizeUrl(("state", "xyz")).Split('?')[1];
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/authorize")
        {
            Content = new StringContent(parameters, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };

        var alice = host.NewUserAgent();
        var comesBack = (await alice.SendAsync(request)).Is(HttpStatusCode.SeeOther).Location!.OriginalString;
        var answer = (await alice.GetAsync(comesBack)).Is(HttpStatusCode.Redirect);

        Assert.StartsWith("/sign-in?returnUrl=%2Foauth2%2Fauthorize", answer.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static void IsRedirectedError(Answer answer, TestClient client, string error, string description)
    {
        answer.Is(HttpStatusCode.Redirect);
        Assert.StartsWith(client.RedirectUri + "?", answer.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(error, answer.Query["error"]);
        Assert.Equal(description, answer.Query["error_description"]);
        Assert.Equal("xyz", answer.Query["state"]);
        Assert.Equal(AuthServerHost.Origin, answer.Query["iss"]);
        Assert.Null(answer.Query["code"]);
        Assert.Null(answer.Query["error_uri"]);
    }
}
