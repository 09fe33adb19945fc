using System.Net;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>What a registration may say, and what it means.</summary>
public sealed partial class RegistrationTests
{
    [Fact]
    public async Task A_client_that_would_get_nothing_without_a_scope_must_name_one()
    {
        var client = ClientOf((await RegisterAsync(new()
        {
            ["redirect_uris"] = new JsonArray(Callback),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["scope"] = "offline_access",
        })).Is(HttpStatusCode.Created));

        var answer = await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("scope", null)));

        Assert.Equal("invalid_scope", answer.Query["error"]);
        Assert.Equal("Missing required parameter: scope", answer.Query["error_description"]);
    }

    public static TheoryData<string, string> BadMetadata => new()
    {
        { """{}""", "invalid_redirect_uri" },
        { """{"redirect_uris":[]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://yourapp.com/"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/#x"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["javascript:alert(1)"],"token_endpoint_auth_method":"none"}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/callback/.."]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/%2E%2e/callback"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/größe"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://größe.example/"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/100%"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/%zz"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/\"<x>"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://yourapp.com/[x]"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://loopback/callback"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://localhost.evil.example/callback"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://127.1/callback"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://2130706433/callback"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://[::ffff:127.0.0.1]/callback"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["nobodys://callback"],"token_endpoint_auth_method":"none"}""", "invalid_redirect_uri" },
        {
            """{"redirect_uris":["https://yourapp.com/"],"post_logout_redirect_uris":["https://yourapp.com/größe"]}""",
            "invalid_client_metadata"
        },
        { """{"redirect_uris":["https://yourapp.com/"],"client_name":"\u200b\u2060"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"scope":"\"größe\\"}""", "invalid_client_metadata" },
        { """{"redirect_uris":[null]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":"https://yourapp.com/"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"redirect_uris":["https://yourapp.com/"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"grant_types":["client_credentials"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"grant_types":["password"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"grant_types":[]}""", "invalid_client_metadata" },
        {
            """{"redirect_uris":["https://yourapp.com/"],"grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}""",
            "invalid_client_metadata"
        },
        { """{"redirect_uris":["https://yourapp.com/"],"response_types":["token"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"client_secret_jwt"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt"}""", "invalid_client_metadata" },
        {
            """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[]}}""",
            "invalid_client_metadata"
        },
        {
            """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}}""", "invalid_client_metadata"
        },
        {
            """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{"kty":"RSA","n":"sXchYQ","e":"AQAB"}]}}""", "invalid_client_metadata"
        },
        {
            """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{"kty":"RSA","n":"***","e":"AQAB"}]}}""", "invalid_client_metadata"
        },
        {
            """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":7}""",
            "invalid_client_metadata"
        },
        { """{"redirect_uris":["https://yourapp.com/"],"jwks_uri":"http://169.254.169.254/"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"scope":"clients:manage"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"client_name":"a\u0000b"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"id_token_signed_response_alg":"none"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"subject_type":"pairwise"}""", "invalid_client_metadata" },
        { """[]""", "invalid_client_metadata" },
        { """null""", "invalid_client_metadata" },
        { """{""", "invalid_client_metadata" },
        { "", "invalid_client_metadata" },
        { """{"\ud800":1}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://yourapp.com/"],"client_name":"\ud800"}""", "invalid_client_metadata" },
        {
            """{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"\ud800\ud800":1}}""",
            "invalid_client_metadata"
        },
    };

    [Theory]
    [MemberData(nameof(BadMetadata))]
    public async Task Bad_metadata_is_refused_with_the_RFCs_error(string body, string error)
    {
        var answer = (await SendAsync(HttpMethod.Post, "/oauth2/register", token: null, body)).Is(HttpStatusCode.BadRequest);

        Assert.Equal(["error", "error_description"], answer.Json.Select(member => member.Key));
        Assert.Equal(error, answer["error"]);

        // RFC 6749 §5.2, and RFC 7591 §3.2.2 says ASCII.
        Assert.Matches("^[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+$", answer["error_description"]);
    }

    [Theory]
    [InlineData(
        """{"redirect_uris":["https://yourapp.com/"],"response_types":["token"]}""",
        "response_types must be the one value code with the grant type authorization_code, and empty without it")]
    [InlineData("""{"redirect_uris":["https://yourapp.com/\na"]}""", "'https://yourapp.com/?a' must not contain control characters")]
    [InlineData("""{"redirect_uris":["https://yourapp.com/ a"]}""", "'https://yourapp.com/ a' must not contain a space")]
    public async Task What_is_wrong_with_metadata_is_said_in_the_characters_that_an_error_may_have(string body, string description) =>
        Assert.Equal(
            description,
            (await SendAsync(HttpMethod.Post, "/oauth2/register", token: null, body)).Is(HttpStatusCode.BadRequest)["error_description"]);

    /// <summary>Bytes of a string that are no UTF-8 pass a parser, and cannot be read.</summary>
    [Theory]
    [InlineData("""{"keys":[{"kty":"RSA","n":"$","e":"AQAB"}]}""")]
    [InlineData("""{"$":1,"keys":[{"kty":"RSA","n":"sXchYQ","e":"AQAB"}]}""")]
    [InlineData("\"$\"")]
    public async Task Keys_with_bytes_that_are_no_text_are_refused(string keys)
    {
        var registered = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
        var metadata =
            $$"""{"client_id":"{{registered["client_id"]}}","token_endpoint_auth_method":"private_key_jwt","redirect_uris":["{{Callback}}"]""";

        foreach (var (method, path, token) in new[]
        {
            (HttpMethod.Post, "/oauth2/register", null),
            (HttpMethod.Put, "/oauth2/register/" + registered["client_id"], registered["registration_access_token"]),
        })
        {
            var request = NewRequest(method, path, token);
            request.Content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(
                $$"""{{metadata}},"jwks":{{keys.Replace("$", "\u00ff", StringComparison.Ordinal)}}}"""));
            request.Content.Headers.ContentType = new("application/json");

            (await host.NewUserAgent().SendAsync(request))
                .IsError(HttpStatusCode.BadRequest, "invalid_client_metadata", "jwks is not a JWK Set");
        }
    }

    /// <summary>What Cursor registers: an own scheme without a dot, beside two addresses that everybody may register.</summary>
    [Fact]
    public async Task An_editor_with_a_scheme_of_its_own_registers_and_the_consent_page_says_what_it_is()
    {
        const string cursor = "cursor://anysphere.cursor-mcp/oauth/callback";
        var registered = (await RegisterAsync(new()
        {
            ["client_name"] = "Cursor",
            ["redirect_uris"] = new JsonArray(
                cursor, "https://www.cursor.com/agents/mcp/oauth/callback", "http://localhost:8787/callback"),
            ["token_endpoint_auth_method"] = "none",
        })).Is(HttpStatusCode.Created);
        var client = ClientOf(registered);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var url = client.AuthorizeUrl(
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"));

        var consent = (await alice.GetAsync(url)).Is(HttpStatusCode.Redirect);
        var page = UserAgent.Html((await alice.GetAsync(consent.Location!.OriginalString)).Is(HttpStatusCode.OK)).QuerySelector(
            "dl")!.TextContent;

        Assert.Matches(@"cursor:\s+whichever application on this device opens such addresses", page);
        Assert.DoesNotContain("anysphere", page, StringComparison.Ordinal);
        Assert.StartsWith(cursor + "?", (await alice.AllowAsync(url)).Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schemes_without_a_dot_are_a_setting()
    {
        var without = host.NewReplica(("Clients:PrivateUseSchemes", ""));
        var another = host.NewReplica(("Clients:PrivateUseSchemes", "myeditor"));
        Task<Answer> RegisterAtAsync(AuthServerHost.Replica server, string uri) =>
            host.NewUserAgent(server).SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
            {
                Content = new StringContent(
                $$"""{"redirect_uris":["{{uri}}"],"token_endpoint_auth_method":"none"}""", System.Text.Encoding.UTF8, "application/json"),
            });

        (await RegisterAtAsync(without, "cursor://callback")).Is(HttpStatusCode.BadRequest);
        (await RegisterAtAsync(without, "com.example.app:/callback")).Is(HttpStatusCode.Created);
        (await RegisterAtAsync(another, "cursor://callback")).Is(HttpStatusCode.BadRequest);
        (await RegisterAtAsync(another, "myeditor://callback")).Is(HttpStatusCode.Created);
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => host.NewReplica(("Clients:PrivateUseSchemes", "cursor javascript")));
    }

    [Theory]
    [InlineData("?access_token=x", null, "The access token must not be in the address")]
    [InlineData("?access_token=x", "Bearer x", "The access token must not be in the address")]
    [InlineData("", "Bearer x|Bearer y", "More than one access token")]
    public async Task A_registration_takes_one_access_token_in_the_header(string query, string? authorization, string problem)
    {
        var registered = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/oauth2/register/{registered["client_id"]}{query}");
        foreach (var line in authorization?.Split('|') ?? [])
        {
            request.Headers.TryAddWithoutValidation("Authorization", line);
        }

        var answer = (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.BadRequest);

        Assert.Equal($"Bearer realm=\"Taskmaster\", error=\"invalid_request\", "
            + $"error_description=\"{problem}\"", answer.Message.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task What_we_do_not_know_is_ignored_and_defaults_are_told()
    {
        var registered = (await RegisterAsync(new()
        {
            ["redirect_uris"] = new JsonArray(Callback, Callback),
            ["logo_uri"] = "http://169.254.169.254/",
            ["software_statement"] = "x.y.z",
            ["owner_id"] = Guid.Empty.ToString(),
            ["is_first_party"] = true,
        })).Is(HttpStatusCode.Created);

        Assert.Null(registered.Json["logo_uri"]);
        Assert.Null(registered.Json["is_first_party"]);
        Assert.Equal("Unnamed application", registered["client_name"]);
        Assert.Equal("openid profile email offline_access tasks:read tasks:write", registered["scope"]);
        Assert.Single(registered.Json["redirect_uris"]!.AsArray());
    }
}
