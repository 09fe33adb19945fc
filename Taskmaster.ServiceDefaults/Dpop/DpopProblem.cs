namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>Why a proof is refused, in the words a client is told (RFC 9449 §4.3, in its order of checks).</summary>
public sealed record DpopProblem(string Error, string Description)
{
    public const string InvalidProof = "invalid_dpop_proof";
    public const string NonceNeededError = "use_dpop_nonce";

    private const string InvalidToken = "invalid_token";

    public static readonly DpopProblem Missing = new(InvalidProof, "The request needs a DPoP proof");
    public static readonly DpopProblem Several = new(InvalidProof, "More than one DPoP header");
    public static readonly DpopProblem Malformed = new(
        InvalidProof, "The DPoP header is not one well-formed JWT of 4096 characters or less");
    public static readonly DpopProblem ClaimsMissing = new(InvalidProof, "The DPoP proof must have jti, htm, htu and iat");
    public static readonly DpopProblem OtherType = new(InvalidProof, "The typ of the DPoP proof must be dpop+jwt");
    public static readonly DpopProblem OtherAlgorithm = new(
        InvalidProof, $"The alg of the DPoP proof must be one of: {string.Join(' ', DpopNames.Algorithms)}");
    public static readonly DpopProblem UnusableKey = new(
        InvalidProof, "The jwk of the DPoP proof must be a public key that fits its alg: P-256, Ed25519, or RSA of 2048 to 4096 bits");
    public static readonly DpopProblem WrongSignature = new(
        InvalidProof, "The signature of the DPoP proof does not fit its jwk");
    public static readonly DpopProblem OtherMethod = new(
        InvalidProof, "The htm of the DPoP proof is not the method of the request");
    public static readonly DpopProblem OtherUri = new(
        InvalidProof, "The htu of the DPoP proof is not the URI of the request at the public origin");
    public static readonly DpopProblem OutOfTime = new(InvalidProof, "The iat of the DPoP proof is more than a minute off");
    public static readonly DpopProblem OtherToken = new(
        InvalidProof, "The ath of the DPoP proof is not the hash of the access token");
    public static readonly DpopProblem OtherKey = new(
        InvalidProof, "The key of the DPoP proof is not the one the access token is bound to");
    public static readonly DpopProblem Used = new(InvalidProof, "The DPoP proof was used before");

    /// <summary>§7.2: whoever holds a bound token without its key has it from somebody else.</summary>
    public static readonly DpopProblem TokenBound = new(
        InvalidToken, "The Access Token is bound to a key: send it by the scheme DPoP, with a proof");

    public static readonly DpopProblem TokenNotBound = new(
        InvalidToken, "The Access Token is bound to no key: send it by the scheme Bearer");

    /// <summary>§8: the answer brings one along.</summary>
    public static readonly DpopProblem NonceNeeded = new(NonceNeededError, "The DPoP proof must have the nonce of the DPoP-Nonce header");
}
