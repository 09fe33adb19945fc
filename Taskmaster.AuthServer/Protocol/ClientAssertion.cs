using Microsoft.IdentityModel.JsonWebTokens;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// What a client's assertion says of itself: its subject, which is the client and need not be said twice (RFC 7523 §3), and the key
/// it says it is signed with. Nothing of it is verified.
/// </summary>
internal readonly record struct ClientAssertion(string? Subject, string? KeyId)
{
    /// <summary>Nothing for what is no token at all.</summary>
    public static ClientAssertion Read(string? assertion)
    {
        try
        {
            return string.IsNullOrEmpty(assertion) ? default : Of(new JsonWebToken(assertion));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // FormatException: one of five parts, as an encrypted token has them, is not in base64url.
            return default;
        }
    }

    private static ClientAssertion Of(JsonWebToken token) => new(token.Subject, token.Kid is { Length: > 0 } keyId ? keyId : null);
}
