using Taskmaster.AuthServer.Audit;

namespace Taskmaster.AuthServer.AccountActivity;

internal sealed record AuditPageResponse(IReadOnlyList<AuditEventResponse> Events, Guid? Next);

internal sealed record AuditEventResponse(
    Guid Id, DateTime At, string Type, string Actor, string? ClientId, string? ClientName, string? Address, string? TraceId,
    string? Details)
{
    /// <param name="row">The event.</param>
    /// <param name="clientName">What the client is called now; null when it is gone.</param>
    public static AuditEventResponse Of(AuditEvent row, string? clientName) => new(
        row.Id, row.At.UtcDateTime, AuditEventConfiguration.NameOf(row.Type), row.Actor, row.ClientId, clientName, row.Address,
        row.TraceId, row.Details);
}
