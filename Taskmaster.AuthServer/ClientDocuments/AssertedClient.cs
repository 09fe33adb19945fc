using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>Which client a request comes from by its own words, and with which key it says it has signed.</summary>
internal static class AssertedClient
{
    public static (string? ClientId, string? KeyId) Of(OpenIddictRequest request)
    {
        var assertion = ClientAssertion.Read(request.ClientAssertion);
        return (string.IsNullOrEmpty(request.ClientId) ? assertion.Subject : request.ClientId, assertion.KeyId);
    }
}
