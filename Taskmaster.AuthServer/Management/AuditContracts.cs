using Taskmaster.AuthServer.Audit;

namespace Taskmaster.AuthServer.Management;

internal sealed record AuditPageResponse(IReadOnlyList<AuditEventResponse> Events, Guid? Next);

internal sealed record AuditEventResponse(
    Guid Id, DateTime At, string Type, string Actor, string? ClientId, string? Address, string? TraceId, string? Details)
{
    public static AuditEventResponse Of(AuditEvent row) => new(
        row.Id, row.At.UtcDateTime, AuditEventConfiguration.NameOf(row.Type), row.Actor, row.ClientId, row.Address, row.TraceId, row.Details);
}
