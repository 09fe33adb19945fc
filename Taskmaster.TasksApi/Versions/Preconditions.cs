using Microsoft.Net.Http.Headers;

namespace Taskmaster.TasksApi.Versions;

/// <summary>
/// On which states of a resource a caller wants to write (<c>If-Match</c>, RFC 9110 §13.1.1). Without the header on any;
/// with one that cannot be read on none, because the caller meant to be careful.
/// </summary>
internal sealed class Preconditions
{
    private readonly IList<EntityTagHeaderValue>? _states;

    private Preconditions(IList<EntityTagHeaderValue>? states) => _states = states;

    public bool HoldFor(IVersioned resource) => _states is null || EntityTags.Name(_states, resource, strongly: true);

    /// <summary>Found by minimal APIs, which read the parameter through it.</summary>
    public static ValueTask<Preconditions?> BindAsync(HttpContext context) => ValueTask.FromResult<Preconditions?>(
        new(context.Request.Headers.IfMatch.Count == 0 ? null : context.Request.GetTypedHeaders().IfMatch));
}
