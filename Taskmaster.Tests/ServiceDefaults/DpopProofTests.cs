using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.ServiceDefaults;

/// <summary>RFC 9449 §4.3, check by check.</summary>
public sealed class DpopProofTests
{
    private const string Uri = "https://tasks.example/api/tasks";
    private const string Token = "an-access-token";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly DpopNonces _nonces;
    private readonly DpopProofs _proofs;
    private readonly ProofKey _key = ProofKey.Es256();

    public DpopProofTests()
    {
        _nonces = new DpopNonces(_protection, _clock);
        _proofs = new DpopProofs(new PublicOrigin { Uri = new("https://tasks.example") }, _nonces, _clock);
        _key.Nonce = _nonces.Current();
    }

    [Theory]
    [Trait("Behaviour", "40")]
    [InlineData("ES256")]
    [InlineData("EdDSA")]
    [InlineData("Ed25519")]
    [InlineData("RS256")]
    public void A_proof_of_each_announced_algorithm_is_accepted_and_names_its_key(string algorithm)
    {
        var key = algorithm switch { "ES256" => _key, "RS256" => ProofKey.Rs256(), _ => ProofKey.Ed25519(algorithm) };
        key.Nonce = _nonces.Current();

        var first = Accepted(key.Proof("GET", Uri, Now, Token));
        var second = Accepted(key.Proof("GET", Uri, Now, Token));

        Assert.Equal((key.Thumbprint, key.Thumbprint), (first.Thumbprint, second.Thumbprint));
        Assert.NotEqual(first.Use, second.Use);
        Assert.Contains(algorithm, DpopNames.Algorithms);
    }

    /// <summary>The example of RFC 9449 §4.1 and the thumbprint that §6.1 gives for its key.</summary>
    [Fact]
    [Trait("Behaviour", "40")]
    public void The_thumbprint_is_the_RFCs()
    {
        _clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(1562262616));
        var (check, _) = Check(
            "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCR"
            + "nMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwia"
            + "HRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLv"
            + "qRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg",
            "POST", "/token", origin: "https://server.example.com");

        // The signature is right, so that only the nonce is missing.
        Assert.Equal(DpopProblem.NonceNeeded, check.Problem);
        var jwk = JsonElement.Parse(
            """{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}""");
        Assert.Equal("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", PublicJwk.Read(jwk, "ES256")!.Thumbprint);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void What_is_no_proof_is_refused()
    {
        var proof = Proof();
        var parts = proof.Split('.');
        Refused(
            DpopProblem.Malformed, "a.b.c", "not-a-jwt", proof + ".x", $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.", $"{proof}=",
            $"{parts[0]} .{parts[1]}.{parts[2]}", $"{proof}, {proof}", new string('a', 5000), $"{Encoded("[]")}.{parts[1]}.{parts[2]}",
            // RFC 7515 §4.1.11, and members that are there twice.
            Proof(header: head => head["crit"] = new JsonArray("exp")),
            _key.Sign("""{"typ":"dpop+jwt","typ":"dpop+jwt"}""", "{}"),
            // Names that are half of a surrogate pair, which JSON's grammar allows.
            _key.Sign("""{"\ud800":1}""", "{}"), _key.Sign("""{"jwk":{"\ud800\ud800\ud800":1}}""", "{}"));
        Refused(DpopProblem.OtherType, Proof(header: head => head["typ"] = "JWT"), Proof(header: head => head.Remove("typ")));
        Refused(
            DpopProblem.OtherAlgorithm, Proof(header: head => head["alg"] = "none"), Proof(header: head => head["alg"] = "HS256"),
            Proof(header: head => head["alg"] = "ES384"), Proof(header: head => head["alg"] = 5));
        Refused(
            DpopProblem.UnusableKey,
            Proof(header: head => head.Remove("jwk")),
            Proof(header: head => head["alg"] = "RS256"),
            Proof(header: head => head["jwk"]!["d"] = "AAAA"),
            Proof(header: head => head["jwk"]!["x"] = Base64OfZeros),
            Proof(header: head => head["jwk"]!["x"] = "AAAA"),
            Proof(header: head => head["jwk"]!["y"] = 1),
            Proof(header: head => head["jwk"] = "key"),
            WeakRsa());
        Refused(
            DpopProblem.WrongSignature, Proof(header: head => head["jwk"]!["kid"] = "x")[..^4] + "AAAA",
            $"{parts[0]}.{ProofKey.Es256().Proof("GET", Uri, Now, Token).Split('.')[1]}.{parts[2]}");
        foreach (var claim in (string[])["jti", "htm", "htu", "iat"])
        {
            Refused(
                DpopProblem.ClaimsMissing, Proof(claims => claims.Remove(claim)), Proof(claims => claims[claim] = new JsonObject()),
                Proof(claims => claims[claim] = claim == "iat" ? "1" : 1));
        }

        Refused(DpopProblem.ClaimsMissing, Proof(claims => claims["jti"] = ""));
    }

    /// <summary>Half of a surrogate pair, which JSON's grammar allows, and a byte that is no UTF-8, which a parser lets pass.</summary>
    [Theory]
    [Trait("Behaviour", "40")]
    [InlineData("""\ud800""")]
    [InlineData("\u00ff")]
    public void A_proof_with_a_string_that_is_no_text_is_refused(string noText)
    {
        var parts = Proof(claims => claims["jti"] = "an-id").Split('.');
        foreach (var (value, problem) in new[]
        {
            ("dpop\\u002Bjwt", DpopProblem.OtherType), ("ES256", DpopProblem.OtherAlgorithm), ("EC", DpopProblem.UnusableKey),
            ("P-256", DpopProblem.UnusableKey), ("an-id", DpopProblem.ClaimsMissing), ("GET", DpopProblem.ClaimsMissing),
            (Uri, DpopProblem.ClaimsMissing),
        })
        {
            Refused(problem, $"{Instead(parts[0], value)}.{Instead(parts[1], value)}.{parts[2]}");
        }

        string Instead(string part, string value) => Base64Url.EncodeToString(Encoding.Latin1.GetBytes(
            Read(part).Replace($"\"{value}\"", $"\"{noText}\"", StringComparison.Ordinal)));

        static string Read(string part) => Encoding.Latin1.GetString(Base64Url.DecodeFromChars(part));
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void A_proof_for_another_request_or_token_is_refused()
    {
        Refused(DpopProblem.OtherMethod, Proof(claims => claims["htm"] = "POST"), Proof(claims => claims["htm"] = "get"));
        Refused(
            DpopProblem.OtherUri, Proof(claims => claims["htu"] = "https://other.example/api/tasks"),
            Proof(claims => claims["htu"] = "http://tasks.example/api/tasks"), Proof(claims => claims["htu"] = "/api/tasks"),
            Proof(claims => claims["htu"] = Uri + "/"), Proof(claims => claims["htu"] = "https://tasks.example/api/Tasks"),
            Proof(claims => claims["htu"] = "https://tasks.example:8443/api/tasks"),
            Proof(claims => claims["htu"] = "https://user@tasks.example/api/tasks"));
        Refused(DpopProblem.OtherToken, _key.Proof("GET", Uri, Now, "another-token"), _key.Proof("GET", Uri, Now));
    }

    [Theory]
    [Trait("Behaviour", "40")]
    [InlineData("https://tasks.example/api/tasks", "/api/tasks")]
    [InlineData("https://tasks.example/api/tasks", "/api/tasks?status=open")]
    [InlineData("https://tasks.example/api/tasks?status=open#top", "/api/tasks")]
    [InlineData("HTTPS://Tasks.Example:443/api/tasks", "/api/tasks")]
    [InlineData("https://tasks.example/api/x/../tasks", "/api/tasks")]
    [InlineData("https://tasks.example/api/%7euser/%c3%a9", "/api/~user/%C3%A9")]
    [InlineData("https://tasks.example", "/")]
    public void The_URI_is_compared_without_its_query_and_normalised(string htu, string target)
    {
        var (check, _) = Check(_key.Proof("GET", htu, Now, Token), "GET", target);

        Assert.Null(check.Problem);
    }

    [Theory]
    [Trait("Behaviour", "40")]
    [InlineData(-60, true)]
    [InlineData(60, true)]
    [InlineData(-62, false)]
    [InlineData(62, false)]
    public void A_clock_may_be_a_minute_off(int seconds, bool accepted)
    {
        _clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(_clock.GetUtcNow().ToUnixTimeSeconds()));

        var (check, _) = Check(Proof(claims => claims["iat"] = Now.ToUnixTimeSeconds() + seconds));

        Assert.Equal(accepted ? null : DpopProblem.OutOfTime, check.Problem);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void Without_a_nonce_and_with_one_that_is_too_old_or_made_up_the_client_is_given_one()
    {
        var old = _key.Nonce!;
        _key.Nonce = null;
        NeedsNonce();
        _key.Nonce = "made-up";
        NeedsNonce();
        _key.Nonce = new DpopNonces(new EphemeralDataProtectionProvider(), _clock).Current();
        NeedsNonce();

        _clock.Advance(TimeSpan.FromMinutes(5));
        _key.Nonce = old;
        var given = NeedsNonce();

        _key.Nonce = given;
        Assert.Null(Check(Proof()).Check.Problem);

        string NeedsNonce()
        {
            var (check, response) = Check(Proof());
            Assert.Equal(DpopProblem.NonceNeeded, check.Problem);
            return Assert.Single(response.Headers[DpopNames.NonceHeader])!;
        }
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void A_nonce_is_renewed_each_minute_with_an_answer_while_the_old_one_is_still_good_and_is_good_at_every_replica()
    {
        Assert.Empty(Check(Proof()).Response.Headers[DpopNames.NonceHeader].ToArray());

        _clock.Advance(TimeSpan.FromMinutes(2));
        var (check, response) = Check(Proof());
        Assert.Null(check.Problem);
        var renewed = Assert.Single(response.Headers[DpopNames.NonceHeader]);
        Assert.NotEqual(_key.Nonce, renewed);

        // Its clock is a minute behind.
        var behind = new FakeTimeProvider(_clock.GetUtcNow().AddSeconds(-59));
        Assert.NotNull(new DpopNonces(_protection, behind).AgeOf(renewed!));
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void There_is_exactly_one_proof()
    {
        var context = Context("GET", "/api/tasks");
        Assert.Equal(DpopProblem.Missing, _proofs.Check(context, Token).Problem);

        context = Context("GET", "/api/tasks");
        context.Request.Headers[DpopNames.Header] = new([Proof(), Proof()]);
        Assert.Equal(DpopProblem.Several, _proofs.Check(context, Token).Problem);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void Parallel_requests_with_one_key_are_all_checked()
    {
        var others = Enumerable.Range(0, 20).Select(_ => ProofKey.Es256()).ToList();
        others.ForEach(key => key.Nonce = _nonces.Current());

        Parallel.For(0, 400, i =>
        {
            var key = i % 2 == 0 ? _key : others[i % others.Count];
            Assert.Equal(key.Thumbprint, Accepted(key.Proof("GET", Uri, Now, Token)).Thumbprint);
            Assert.Equal(DpopProblem.WrongSignature, Check(key.Proof("GET", Uri, Now, Token)[..^6] + "AAAAAA").Check.Problem);
        });
    }

    private static string Base64OfZeros => new('A', 43);

    private DateTimeOffset Now => _clock.GetUtcNow();

    private static string Encoded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private string Proof(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        _key.Proof("GET", Uri, Now, Token, claims, header);

    private string WeakRsa()
    {
        var key = ProofKey.Rs256(bits: 1024);
        key.Nonce = _key.Nonce;
        return key.Proof("GET", Uri, Now, Token);
    }

    private DpopProof Accepted(string proof)
    {
        var (check, _) = Check(proof);
        Assert.Null(check.Problem);
        return check.Proof!;
    }

    private void Refused(DpopProblem problem, params string[] proofs) =>
        Assert.All(proofs, proof => Assert.Equal(problem, Check(proof).Check.Problem));

    private (DpopCheck Check, HttpResponse Response) Check(
        string proof, string method = "GET", string target = "/api/tasks", string? origin = null)
    {
        var context = Context(method, target);
        context.Request.Headers[DpopNames.Header] = proof;
        var proofs = origin is null ? _proofs : new DpopProofs(new PublicOrigin { Uri = new(origin) }, _nonces, _clock);
        return (proofs.Check(context, origin is null ? Token : null), context.Response);
    }

    /// <summary>At a service behind the public origin, which goes by another name.</summary>
    private static DefaultHttpContext Context(string method, string target)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Host = new("tasksapi:8080");
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        return context;
    }
}
