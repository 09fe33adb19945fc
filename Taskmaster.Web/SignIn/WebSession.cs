namespace Taskmaster.Web.SignIn;

/// <summary>The session of the request at hand.</summary>
/// <param name="Id">A random 256-bit value that only the browser's cookie holds; the store knows its hash.</param>
internal sealed record WebSession(string Id);
