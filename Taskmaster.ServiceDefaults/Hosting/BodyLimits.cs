namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// The most bytes a request's content may have. Web refuses more before it forwards, so that a service never has to hang up
/// on Web; a service holds to its own limit by itself as well.
/// </summary>
public static class BodyLimits
{
    /// <summary>
    /// The forms of OAuth and of the pages where a password is typed, which strangers send: a client assertion or a long state fits.
    /// </summary>
    public const int Form = 64 * 1024;

    /// <summary>A message to the MCP server: the longest task fits many times.</summary>
    public const int Mcp = 64 * 1024;

    /// <summary>The management API and Web's own forms: both lists of redirect URIs at their longest, percent-encoded.</summary>
    public const int Settings = 256 * 1024;

    /// <summary>The Tasks API: a bulk request of the documented size.</summary>
    public const int Api = 1024 * 1024;
}
