using System.Diagnostics;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Audit;

/// <summary>
/// Adds events to the audit trail in the transaction of what they tell of: neither is written without the other.
/// </summary>
internal sealed class AuditTrail(AuthDbContext database, AuditedRequest request, TimeProvider clock)
{
    /// <summary>
    /// Written with the next <c>SaveChanges</c>. What happens to an account was done by its user, unless <paramref name="actor"/> says
    /// otherwise.
    /// </summary>
    public void Add(AuditEventType type, Guid? userId = null, string? clientId = null, string? details = null, string? actor = null) =>
        database.AuditEvents.Add(Describe(request.Context, clock, type, userId, clientId, details, actor));

    /// <summary>The event with where it came from: the request's address, and the trace that has the rest.</summary>
    public static AuditEvent Describe(
        HttpContext? http, TimeProvider clock, AuditEventType type, Guid? userId, string? clientId, string? details, string? actor) =>
            AuditEvent.Of(
            type,
            clock.GetUtcNow(),
            userId,
            actor ?? (http is null ? AuditEvent.SystemActor : userId?.ToString("D") ?? AuditEvent.Nobody),
            clientId,
            http is null ? null : CallerAddress.Of(http),
            Activity.Current?.TraceId.ToHexString(),
            details);
}
