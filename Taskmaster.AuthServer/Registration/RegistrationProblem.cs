using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Registration;

/// <summary>The body of a 400 of the registration endpoint (RFC 7591 §3.2.2).</summary>
internal sealed record RegistrationProblem(string Error, string ErrorDescription)
{
    public static RegistrationProblem RedirectUri(string description) =>
        new(ErrorCodes.InvalidRedirectUri, Protocol.ErrorDescription.Of(description));

    public static RegistrationProblem Metadata(string description) =>
        new(ErrorCodes.InvalidClientMetadata, Protocol.ErrorDescription.Of(description));
}
