using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.DataProtection;
using Taskmaster.TokenStore.Fast;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TokenStore;

public sealed class CompactTokenFormatterTests
{
    private readonly CompactTokenFormatter _compact = new();

    [Fact]
    public void Every_claim_comes_back_as_it_was_in_less_space()
    {
        var principal = Principal();

        var bytes = Write(_compact, principal);
        var read = Read(bytes);

        Assert.Equal(principal.Claims.Select(Describe), read.Claims.Select(Describe));
        Assert.Equal(
            (principal.Identity!.AuthenticationType, ((ClaimsIdentity)principal.Identity).NameClaimType),
            (read.Identity!.AuthenticationType, ((ClaimsIdentity)read.Identity).NameClaimType));
        Assert.InRange(bytes.Length, 1, Write(new OpenIddictServerDataProtectionFormatter(), principal).Length / 2);
    }

    [Fact]
    public void A_token_that_OpenIddicts_formatter_wrote_is_read()
    {
        var read = Read(Write(new OpenIddictServerDataProtectionFormatter(), Principal()));

        Assert.Equal("alice", read.GetClaim(Claims.Subject));
    }

    [Fact]
    public void A_delegated_identity_is_left_to_OpenIddicts_formatter()
    {
        var principal = Principal();
        ((ClaimsIdentity)principal.Identity!).Actor = new ClaimsIdentity([new Claim(Claims.Subject, "bob")], "actor");

        var read = Read(Write(_compact, principal));

        Assert.Equal("bob", ((ClaimsIdentity)read.Identity!).Actor!.FindFirst(Claims.Subject)!.Value);
    }

    private static ClaimsPrincipal Principal()
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.AddClaim(new Claim(Claims.Subject, "alice"));
        identity.AddClaim(new Claim("owner", "0199b3a4-7b1c-7d2e-8f3a-4b5c6d7e8f90"));
        identity.AddClaim(new Claim("again", "0199b3a4-7b1c-7d2e-8f3a-4b5c6d7e8f90"));
        identity.AddClaim(new Claim(Claims.EmailVerified, "true", ClaimValueTypes.Boolean));
        identity.SetScopes(Scopes.OpenId, Scopes.Profile, "tasks:read");
        identity.SetPresenters("client");
        identity.SetAudiences("https://tasks.example/api");
        identity.SetDestinations(claim => claim.Type == Claims.Subject ? [Destinations.AccessToken] : []);
        return new ClaimsPrincipal(identity);
    }

    private static string Describe(Claim claim) =>
        $"{claim.Type} {claim.Value} {claim.ValueType} {claim.Issuer} {string.Join(',', claim.Properties)}";

    private static byte[] Write(IOpenIddictServerDataProtectionFormatter formatter, ClaimsPrincipal principal)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        formatter.WriteToken(writer, principal);
        writer.Flush();
        return stream.ToArray();
    }

    private ClaimsPrincipal Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return _compact.ReadToken(reader);
    }
}
