namespace Taskmaster.Web.Api;

/// <summary>A service refused the session's access token: revoked, or from before a loss of the token store.</summary>
internal sealed class SignInRequiredException() : Exception("The session's access token is not accepted.");
