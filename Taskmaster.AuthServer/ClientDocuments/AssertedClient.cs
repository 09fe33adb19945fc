using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// Which client a request comes from by its own words, and with which key it says it has signed. The subject of an assertion is
/// the client, and need not be said twice (RFC 7523 §3).
/// </summary>
internal static class AssertedClient
{
    public static (string? ClientId, string? KeyId) Of(OpenIddictRequest request)
    {
        if (string.IsNullOrEmpty(request.ClientAssertion))
        {
            return (request.ClientId, null);
        }

        try
        {
            var assertion = new JsonWebToken(request.ClientAssertion);
            return (
                string.IsNullOrEmpty(request.ClientId) ? assertion.Subject : request.ClientId,
                assertion.Kid is { Length: > 0 } keyId ? keyId : null);
        }
        catch (ArgumentException)
        {
            return (request.ClientId, null);
        }
    }
}
