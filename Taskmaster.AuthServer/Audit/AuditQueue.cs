using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Audit;

/// <summary>Events of endpoints that must not wait for Postgres: they are written together, a few seconds later.</summary>
internal sealed class AuditQueue(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AuditQueue> logger)
    : WriteBehind<AuthDbContext, Guid, AuditEvent>(Period, scopes, clock, logger)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock = clock;

    public void Add(HttpContext? http, AuditEventType type, Guid? userId, string? clientId, string? actor, string? details = null)
    {
        var row = AuditTrail.Describe(http, _clock, type, userId, clientId, details, actor);
        Put(row.Id, row);
    }

    protected override Task WriteAsync(
        AuthDbContext database, IReadOnlyList<KeyValuePair<Guid, AuditEvent>> values, CancellationToken cancellationToken)
    {
        var events = values.Select(value => value.Value).ToList();
        var ids = events.ConvertAll(row => row.Id).ToArray();
        var times = events.ConvertAll(row => row.At).ToArray();
        var types = events.ConvertAll(row => AuditEventConfiguration.NameOf(row.Type)).ToArray();
        var users = events.ConvertAll(row => row.UserId).ToArray();
        var actors = events.ConvertAll(row => row.Actor).ToArray();
        var clients = events.ConvertAll(row => row.ClientId).ToArray();
        var addresses = events.ConvertAll(row => row.Address).ToArray();
        var traces = events.ConvertAll(row => row.TraceId).ToArray();
        var details = events.ConvertAll(row => row.Details).ToArray();

        // An event is there already when the answer to the write before this one was lost.
        return database.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO audit_events (id, at, type, user_id, actor, client_id, address, trace_id, details)
             SELECT * FROM unnest({ids}, {times}, {types}, {users}, {actors}, {clients}, {addresses}, {traces}, {details})
             ON CONFLICT DO NOTHING
             """,
            cancellationToken);
    }
}
