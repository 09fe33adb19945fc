using Microsoft.IdentityModel.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Keys;

/// <summary>The algorithms that id_tokens are signed with (RFC 7518 §3.1); a client registers for one of them.</summary>
internal static class IdTokenAlgorithms
{
    /// <summary>What every client must be able to check (OpenID Connect Core §15.1).</summary>
    public const string Default = Algorithms.RsaSha256;

    /// <summary>A signature of 64 bytes at a tenth of the cost.</summary>
    public const string Elliptic = Algorithms.EcdsaSha256;

    public static IReadOnlyList<string> All { get; } = [Default, Elliptic];

    public static string Of(SecurityKey key) => key is ECDsaSecurityKey ? Elliptic : Default;

    /// <summary>The credentials that sign for the algorithm now: the first of it, as they come in that order.</summary>
    public static SigningCredentials Choose(IEnumerable<SigningCredentials> credentials, string algorithm) =>
        credentials.First(each => each.Algorithm == algorithm);
}
