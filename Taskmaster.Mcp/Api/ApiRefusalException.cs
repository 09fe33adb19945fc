using System.Net;

namespace Taskmaster.Mcp.Api;

/// <summary>
/// The Tasks API refused a call: its status, its message, and per field what is wrong with it.
/// </summary>
internal sealed class ApiRefusalException(HttpStatusCode status, string message, IReadOnlyDictionary<string, string[]>? errors = null)
    : Exception(message)
{
    public HttpStatusCode Status => status;

    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors ?? new Dictionary<string, string[]>();

    public static ApiRefusalException AccessEnded => new(HttpStatusCode.Unauthorized, "The access has ended");
}
