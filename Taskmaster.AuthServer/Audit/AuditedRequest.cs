namespace Taskmaster.AuthServer.Audit;

/// <summary>
/// The request that a scope of services belongs to; none in a background service's. Not <see cref="IHttpContextAccessor"/>:
/// where that is registered, ASP.NET Core makes a new context for every request, those of the short path as well.
/// </summary>
internal sealed class AuditedRequest
{
    public HttpContext? Context { get; set; }
}
