namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>The words of RFC 9449 that more than one service writes or reads.</summary>
public static class DpopNames
{
    /// <summary>The header field of a proof (§4.1), the authentication scheme (§7.1) and the type of a bound token (§5).</summary>
    public const string Scheme = "DPoP";

    public const string Header = "DPoP";

    /// <summary>§8.2.</summary>
    public const string NonceHeader = "DPoP-Nonce";

    /// <summary>The parameter of an authorization request that binds the code (§10).</summary>
    public const string KeyParameter = "dpop_jkt";

    private const string SchemePrefix = Scheme + " ";

    /// <summary>
    /// The algorithms a proof may be signed with (RFC 7518, RFC 8037). EdDSA and Ed25519 are two names of one: RFC 9864 gave
    /// it the second, which clients in JavaScript write.
    /// </summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ES256", "EdDSA", "Ed25519", "RS256"];

    /// <summary>The parameter of a challenge that names them (§7.1).</summary>
    public static string AlgorithmsParameter { get; } = $"algs=\"{string.Join(' ', Algorithms)}\"";

    /// <summary>The access token of an Authorization header of this scheme; null for one of another.</summary>
    public static string? TokenOf(string? authorization) =>
        authorization?.StartsWith(SchemePrefix, StringComparison.OrdinalIgnoreCase) is true ? authorization[SchemePrefix.Length..] : null;

    /// <summary>What binds a token to a key, as its claim <c>cnf</c> says it (§6.1).</summary>
    /// <param name="thumbprint">The key's, of <see cref="DpopProof.Thumbprint"/>.</param>
    public static string Confirmation(string thumbprint) => $$"""{"jkt":"{{thumbprint}}"}""";
}
