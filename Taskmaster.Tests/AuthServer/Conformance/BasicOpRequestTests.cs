using System.Net;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.Tests.AuthServer.Conformance;

/// <summary>Plan <c>oidcc-basic-certification-test-plan</c>: what a request may ask for.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class BasicOpRequestTests(AuthServerHost host)
{
    [Theory]
    [Trait("Module", "oidcc-display-page")]
    [Trait("Module", "oidcc-display-popup")]
    [Trait("Module", "oidcc-ui-locales")]
    [Trait("Module", "oidcc-claims-locales")]
    [Trait("Module", "oidcc-ensure-request-with-unknown-parameter-succeeds")]
    [Trait("Module", "oidcc-claims-essential")]
    [InlineData("oidcc-display-page", "display", "page")]
    [InlineData("oidcc-display-popup", "display", "popup")]
    [InlineData("oidcc-ui-locales", "ui_locales", "se")]
    [InlineData("oidcc-claims-locales", "claims_locales", "se")]
    [InlineData("oidcc-ensure-request-with-unknown-parameter-succeeds", "extra", "foobar")]
    [InlineData("oidcc-claims-essential", "claims", """{"userinfo":{"name":{"essential":true}}}""")]
    public async Task A_parameter_that_we_do_nothing_with_is_no_error(string module, string parameter, string value)
    {
        Assert.NotEmpty(module);
        var party = await RelyingParty.RegisterAsync(host);

        Assert.NotNull((await party.TokensAsync((parameter, value)))["id_token"]);
    }

    [Fact]
    [Trait("Module", "oidcc-login-hint")]
    public async Task A_login_hint_fills_in_the_sign_in_page()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var url = party.Client.AuthorizeUrl(("login_hint", party.User.Email));

        var asked = (await party.Browser.GetAsync(url)).Is(HttpStatusCode.Redirect);
        var page = UserAgent.Html((await party.Browser.GetAsync(asked.Location!.OriginalString)).Is(HttpStatusCode.OK));

        Assert.Equal(party.User.Email, page.QuerySelector("#Email")!.GetAttribute("value"));
        Assert.NotNull((await party.AuthorizeAsync(url)).Query["code"]);
    }

    [Fact]
    [Trait("Module", "oidcc-ensure-request-without-nonce-succeeds-for-code-flow")]
    public async Task Without_a_nonce_the_id_token_has_none()
    {
        var party = await RelyingParty.RegisterAsync(host);

        Assert.Null(IdToken.Read((await party.TokensAsync())["id_token"]).Claims["nonce"]);
    }

    [Fact]
    [Trait("Module", "oidcc-alternate-happy-flow")]
    public async Task The_order_of_scopes_and_parameters_does_not_matter()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var url = party.Client.AuthorizeUrl(("scope", "email profile openid"), ("state", "xyz"));
        var reversed = url.Split('?')[0] + "?" + string.Join('&', url.Split('?')[1].Split('&').Reverse());

        var tokens = (await party.Client.RedeemAsync((await party.AuthorizeAsync(reversed)).Query["code"]!)).Is(HttpStatusCode.OK);

        Assert.True((await party.ValidateAsync(tokens["id_token"])).IsValid);
    }

    [Fact]
    [Trait("Module", "oidcc-prompt-login")]
    public async Task Prompt_login_asks_a_signed_in_user_again_and_auth_time_is_later()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var first = IdToken.Read((await party.TokensAsync())["id_token"]).Claims;
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(RelyingParty.AsksToSignIn(await party.Browser.GetAsync(party.Client.AuthorizeUrl(("prompt", "login")))));
        var second = IdToken.Read((await party.TokensAsync(("prompt", "login")))["id_token"]).Claims;

        Assert.Equal((string?)first["sub"], (string?)second["sub"]);
        Assert.True((long)second["auth_time"]! > (long)first["auth_time"]!);
    }

    [Fact]
    [Trait("Module", "oidcc-prompt-none-not-logged-in")]
    public async Task Prompt_none_without_a_session_is_login_required()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var answer = (await party.Browser.GetAsync(party.Client.AuthorizeUrl(("prompt", "none"), ("state", "xyz"))))
            .Is(HttpStatusCode.Redirect);

        Assert.StartsWith(party.Client.RedirectUri + "?", answer.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(("login_required", "xyz"), (answer.Query["error"], answer.Query["state"]));
    }

    [Theory]
    [Trait("Module", "oidcc-prompt-none-logged-in")]
    [Trait("Module", "oidcc-id-token-hint")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompt_none_with_a_session_answers_at_once_with_or_without_the_first_id_token_as_hint(bool hint)
    {
        var party = await RelyingParty.RegisterAsync(host);
        var firstToken = (await party.TokensAsync())["id_token"];
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        var answer = await party.Browser.GetAsync(
            party.Client.AuthorizeUrl(("prompt", "none"), ("id_token_hint", hint ? firstToken : null)));
        var second = IdToken.Read((await party.Client.RedeemAsync(answer.Query["code"]!)).Is(HttpStatusCode.OK)["id_token"]).Claims;

        var first = IdToken.Read(firstToken).Claims;
        Assert.Equal((string?)first["sub"], (string?)second["sub"]);
        Assert.Equal((long)first["auth_time"]!, (long)second["auth_time"]!);
    }

    [Fact]
    [Trait("Module", "oidcc-id-token-hint")]
    public async Task The_hint_of_somebody_else_gets_no_code_for_the_user_who_is_signed_in()
    {
        var (party, other) = (await RelyingParty.RegisterAsync(host), await RelyingParty.RegisterAsync(host));
        await party.TokensAsync();
        var bob = party with { User = other.User, Browser = other.Browser };
        var hint = (await bob.TokensAsync())["id_token"];

        var silent = await party.Browser.GetAsync(party.Client.AuthorizeUrl(("prompt", "none"), ("id_token_hint", hint)));
        var asked = await party.Browser.GetAsync(party.Client.AuthorizeUrl(("id_token_hint", hint)));
        var insisted = await party.Browser.GetAsync(await party.SubmitSignInAsync(asked));

        Assert.Equal("login_required", silent.Query["error"]);
        Assert.Equal("login_required", insisted.Query["error"]);
        Assert.NotNull((await bob.Browser.GetAsync(party.Client.AuthorizeUrl(("prompt", "none"), ("id_token_hint", hint)))).Query["code"]);
    }

    [Fact]
    [Trait("Module", "oidcc-max-age-1")]
    public async Task A_session_older_than_max_age_is_asked_to_sign_in_again()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var first = IdToken.Read((await party.TokensAsync())["id_token"]).Claims;
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(RelyingParty.AsksToSignIn(await party.Browser.GetAsync(party.Client.AuthorizeUrl(("max_age", "1")))));
        var second = IdToken.Read((await party.TokensAsync(("max_age", "1")))["id_token"]).Claims;

        Assert.Equal((string?)first["sub"], (string?)second["sub"]);
        Assert.True((long)second["auth_time"]! > (long)first["auth_time"]!);
    }

    [Fact]
    [Trait("Module", "oidcc-max-age-10000")]
    public async Task A_session_younger_than_max_age_is_good_enough()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var first = IdToken.Read((await party.TokensAsync(("max_age", "15000")))["id_token"]).Claims;
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        var answer = await party.Browser.GetAsync(party.Client.AuthorizeUrl(("max_age", "10000")));
        var second = IdToken.Read((await party.Client.RedeemAsync(answer.Query["code"]!)).Is(HttpStatusCode.OK)["id_token"]).Claims;

        Assert.Equal((long)first["auth_time"]!, (long)second["auth_time"]!);
    }

    [Fact]
    [Trait("Module", "oidcc-ensure-request-with-acr-values-succeeds")]
    public async Task The_acr_values_of_discovery_are_met_and_others_are_no_error()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var discovery = (await party.Browser.GetAsync("/.well-known/openid-configuration")).Is(HttpStatusCode.OK).Json;
        var supported = discovery["acr_values_supported"]!.AsArray().Select(value => (string)value!).ToList();

        foreach (var asked in new[] { string.Join(' ', supported), "1 2", "phr " + supported[0] })
        {
            Assert.Contains((string)IdToken.Read((await party.TokensAsync(("acr_values", asked)))["id_token"]).Claims["acr"]!, supported);
        }
    }

    [Fact]
    [Trait("Module", "oidcc-ensure-registered-redirect-uri")]
    public async Task An_unregistered_redirect_URI_gets_a_page_and_no_redirect()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var page = (await party.Browser.GetAsync(party.Client.AuthorizeUrl(("redirect_uri", "https://yourapp.com/unregistered"))))
            .Is(HttpStatusCode.BadRequest);

        Assert.Null(page.Location);
        Assert.Contains("Invalid redirect URI", UserAgent.Html(page).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Module", "oidcc-ensure-post-request-succeeds")]
    public async Task A_request_by_POST_ends_with_a_code()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/authorize")
        {
            Content = new StringContent(
                party.Client.AuthorizeUrl(("state", "xyz")).Split('?')[1], Encoding.UTF8, "application/x-www-form-urlencoded"),
        };

        var comesBack = (await party.Browser.SendAsync(request)).Is(HttpStatusCode.SeeOther);
        var asked = (await party.Browser.GetAsync(comesBack.Location!.OriginalString)).Is(HttpStatusCode.Redirect);
        var answer = await party.Browser.AllowAsync(await party.SubmitSignInAsync(asked));

        Assert.Equal("xyz", answer.Query["state"]);
        (await party.Client.RedeemAsync(answer.Query["code"]!)).Is(HttpStatusCode.OK);
    }

    [Theory]
    [Trait("Module", "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported")]
    [Trait("Module", "oidcc-ensure-request-object-with-redirect-uri")]
    [InlineData("https://yourapp.com/auth/callback")]
    [InlineData("https://yourapp.com/elsewhere")]
    public async Task A_request_object_is_refused_as_unsupported_and_nothing_in_it_is_believed(string redirectUri)
    {
        var party = await RelyingParty.RegisterAsync(host);
        var request =
            $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{Base64UrlEncoder.Encode($$"""{"redirect_uri":"{{redirectUri}}","state":"inner"}""")}.";

        var answer = (await party.Browser.GetAsync(party.Client.AuthorizeUrl(("request", request), ("state", "xyz"))))
            .Is(HttpStatusCode.Redirect);

        Assert.StartsWith(party.Client.RedirectUri + "?", answer.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(("request_not_supported", "xyz"), (answer.Query["error"], answer.Query["state"]));
    }

    [Fact]
    [Trait("Module", "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported")]
    public async Task A_request_URI_of_somebody_elses_server_is_refused_as_unsupported_and_not_fetched()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var answer = (await party.Browser.GetAsync(
            party.Client.AuthorizeUrl(("request_uri", "https://yourapp.com/request.jwt"), ("state", "xyz")))).Is(HttpStatusCode.Redirect);

        Assert.StartsWith(party.Client.RedirectUri + "?", answer.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(("request_uri_not_supported", "xyz"), (answer.Query["error"], answer.Query["state"]));
    }

    [Fact]
    [Trait("Module", "oidcc-ensure-request-with-valid-pkce-succeeds")]
    public async Task A_request_with_PKCE_succeeds()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var code = (await party.AuthorizeAsync(
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"))).Query["code"]!;

        (await party.Client.RedeemAsync(code, ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))).Is(HttpStatusCode.OK);
    }
}
