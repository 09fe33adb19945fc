namespace Taskmaster.AuthServer.Registration;

/// <summary>RFC 7591 §3.2.2.</summary>
internal sealed record RegistrationProblem(string Error, string ErrorDescription)
{
    public static RegistrationProblem RedirectUri(string description) =>
        new("invalid_redirect_uri", Taskmaster.AuthServer.Protocol.ErrorDescription.Of(description));

    public static RegistrationProblem Metadata(string description) =>
        new("invalid_client_metadata", Taskmaster.AuthServer.Protocol.ErrorDescription.Of(description));
}
