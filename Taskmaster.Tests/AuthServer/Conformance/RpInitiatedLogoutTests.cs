using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.Conformance;

/// <summary>Plan <c>oidcc-rp-initiated-logout-certification-test-plan</c>.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class RpInitiatedLogoutTests(AuthServerHost host)
{
    [Theory]
    [Trait("Module", "oidcc-rp-initiated-logout")]
    [Trait("Module", "oidcc-rp-initiated-logout-no-state")]
    [InlineData("xyz", RelyingParty.SignedOutUri + "?state=xyz")]
    [InlineData(null, RelyingParty.SignedOutUri)]
    public async Task The_users_own_id_token_signs_them_out_and_they_return_to_the_client_with_its_state_if_any(
        string? state, string returned)
    {
        var (party, idToken) = await SignedInAsync();

        var answer = (await LogoutAsync(party, ("id_token_hint", idToken),
            ("post_logout_redirect_uri", RelyingParty.SignedOutUri), ("state", state))).Is(HttpStatusCode.Redirect);

        Assert.Equal(returned, answer.Location!.OriginalString);
        Assert.False(await party.IsSignedInAsync());
    }

    [Theory]
    [Trait("Module", "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri")]
    [Trait("Module", "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri")]
    [InlineData("https://yourapp.com/elsewhere")]
    [InlineData(RelyingParty.SignedOutUri + "?foo=bar")]
    public async Task An_unregistered_post_logout_redirect_URI_gets_a_page_and_no_redirect(string uri)
    {
        var (party, idToken) = await SignedInAsync();

        var page = (await LogoutAsync(party, ("id_token_hint", idToken), ("post_logout_redirect_uri", uri))).Is(HttpStatusCode.BadRequest);

        Assert.Null(page.Location);
        Assert.Equal("text/html", page.Message.Content.Headers.ContentType!.MediaType);
        Assert.True(await party.IsSignedInAsync());
    }

    [Theory]
    [Trait("Module", "oidcc-rp-initiated-logout-modified-id-token-hint")]
    [Trait("Module", "oidcc-rp-initiated-logout-bad-id-token-hint")]
    [Trait("Module", "oidcc-rp-initiated-logout-no-id-token-hint")]
    [InlineData("modified")]
    [InlineData("signed by another")]
    [InlineData("none")]
    public async Task Without_an_id_token_of_ours_the_user_is_asked_first(string hint)
    {
        var (party, idToken) = await SignedInAsync();
        var given = hint switch
        {
            "modified" => $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{idToken.Split('.')[1]}.",
            "signed by another" => SignedByAnother(idToken),
            _ => null,
        };

        var asked = await LogoutAsync(
            party, ("id_token_hint", given), ("post_logout_redirect_uri", RelyingParty.SignedOutUri), ("state", "xyz"));

        IsQuestion(asked);
        Assert.True(await party.IsSignedInAsync());
    }

    [Theory]
    [Trait("Module", "oidcc-rp-initiated-logout-no-params")]
    [Trait("Module", "oidcc-rp-initiated-logout-only-state")]
    [InlineData(null)]
    [InlineData("xyz")]
    public async Task Without_parameters_or_with_a_state_alone_the_user_is_asked_and_signed_out(string? state)
    {
        var (party, _) = await SignedInAsync();

        var asked = await LogoutAsync(party, ("state", state));
        IsQuestion(asked);
        var confirmed = (await party.Browser.SubmitAsync(asked.Location!.OriginalString)).Is(HttpStatusCode.Redirect);
        var done = (await party.Browser.GetAsync(confirmed.Location!.OriginalString)).Is(HttpStatusCode.Redirect);

        Assert.Equal("/", done.Location!.OriginalString);
        Assert.False(await party.IsSignedInAsync());
    }

    [Fact]
    [Trait("Module", "oidcc-rp-initiated-logout-no-post-logout-redirect-uri")]
    public async Task Without_an_address_to_return_to_the_user_is_signed_out_and_stays_here()
    {
        var (party, idToken) = await SignedInAsync();

        var answer = (await LogoutAsync(party, ("id_token_hint", idToken))).Is(HttpStatusCode.Redirect);

        Assert.Equal("/", answer.Location!.OriginalString);
        Assert.False(await party.IsSignedInAsync());
    }

    private async Task<(RelyingParty Party, string IdToken)> SignedInAsync()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var idToken = (await party.TokensAsync())["id_token"];
        Assert.True(await party.IsSignedInAsync());
        return (party, idToken);
    }

    private static Task<Answer> LogoutAsync(RelyingParty party, params (string Name, string? Value)[] parameters) =>
        party.Browser.GetAsync("/oauth2/logout?" + string.Join('&', parameters.Where(given => given.Value is not null).Select(
            given => $"{given.Name}={Uri.EscapeDataString(given.Value!)}")));

    private static void IsQuestion(Answer answer) =>
        Assert.StartsWith("/sign-out", answer.Is(HttpStatusCode.Redirect).Location!.OriginalString, StringComparison.Ordinal);

    private static string SignedByAnother(string idToken)
    {
        using var rsa = RSA.Create(2048);
        var payload = Base64UrlEncoder.Decode(idToken.Split('.')[1]);
        var header = new JsonWebToken(idToken);
        var signed =
            $"{Base64UrlEncoder.Encode($$"""{"alg":"RS256","kid":"{{header.Kid}}","typ":"JWT"}""")}.{Base64UrlEncoder.Encode(payload)}";
        var bytes = System.Text.Encoding.ASCII.GetBytes(signed);
        var signature = rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }
}
