using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Audit;

/// <summary>
/// Events of endpoints that must not wait for Postgres: they are written together, a few seconds later, by one statement.
/// A crash loses those seconds; an outage of Postgres keeps them here until it is back, the newest <see cref="Capacity"/>.
/// </summary>
internal sealed partial class AuditQueue(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AuditQueue> logger) : BackgroundService
{
    public const int Capacity = 10_000;

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Channel<AuditEvent> _events = Channel.CreateBounded<AuditEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly List<AuditEvent> _unwritten = [];

    public void Add(HttpContext? http, AuditEventType type, Guid? userId, string? clientId, string? actor, string? details = null) =>
        _ = _events.Writer.TryWrite(AuditTrail.Describe(http, clock, type, userId, clientId, details, actor));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (_unwritten.Count < Capacity && _events.Reader.TryRead(out var next))
        {
            _unwritten.Add(next);
        }

        if (_unwritten.Count == 0)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await InsertAsync(scope.ServiceProvider.GetRequiredService<AuthDbContext>(), _unwritten, cancellationToken);
            _unwritten.Clear();
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            Log.NotWritten(logger, _unwritten.Count, exception);
        }
    }

    // One statement for all of them; Entity Framework would send one for each.
    private static Task<int> InsertAsync(AuthDbContext database, List<AuditEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.ConvertAll(row => row.Id).ToArray();
        var times = events.ConvertAll(row => row.At).ToArray();
        var types = events.ConvertAll(row => AuditEventConfiguration.NameOf(row.Type)).ToArray();
        var users = events.ConvertAll(row => row.UserId).ToArray();
        var actors = events.ConvertAll(row => row.Actor).ToArray();
        var clients = events.ConvertAll(row => row.ClientId).ToArray();
        var addresses = events.ConvertAll(row => row.Address).ToArray();
        var traces = events.ConvertAll(row => row.TraceId).ToArray();
        var details = events.ConvertAll(row => row.Details).ToArray();

        return database.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO audit_events (id, at, type, user_id, actor, client_id, address, trace_id, details)
             SELECT * FROM unnest({ids}, {times}, {types}, {users}, {actors}, {clients}, {addresses}, {traces}, {details})
             """,
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} events of the audit trail wait for Postgres.")]
        public static partial void NotWritten(ILogger logger, int count, Exception exception);
    }
}
