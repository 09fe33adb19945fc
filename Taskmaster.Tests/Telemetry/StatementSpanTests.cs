using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Taskmaster.ServiceDefaults.Fast;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Telemetry;

/// <summary>Whichever requests a batch of statements is made of, each has its own span of it.</summary>
public sealed class StatementSpanTests : IAsyncLifetime, IDisposable
{
    private const int Held = 1;

    private const string Requests = $"requests of {nameof(StatementSpanTests)}";

    private static readonly ActivitySource RequestSource = new(Requests);

    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private string _connection = null!;
    private NpgsqlDataSource _database = null!;
    private PlainQuery<long, int> _query = null!;

    public StatementSpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or StatementSpans.SourceName or Requests,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public async Task InitializeAsync()
    {
        _connection = await PostgresProcess.NewSharedDatabaseAsync();
        _database = PostgresConnection.ForReads(_connection, commandTimeout: null);
        _query = new(_database, "SELECT 10 / $1::int FROM pg_advisory_xact_lock_shared($1)", asked =>
            [new NpgsqlParameter<long> { TypedValue = asked }], row => row.GetInt32(0));
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Each_request_of_a_batch_has_the_span_of_the_statement_below_its_own()
    {
        var requests = await TogetherAsync(2, 5, 10);

        var spans = await SpansAsync(requests);
        var first = Assert.Single(spans, span => span.Source.Name == "Npgsql");
        Assert.All(spans, span =>
        {
            Assert.Equal(ActivityKind.Client, span.Kind);
            Assert.Equal(first.DisplayName, span.DisplayName);
            Assert.Equal(first.TagObjects.Select(tag => $"{tag}").Order(), span.TagObjects.Select(tag => $"{tag}").Order());
            Assert.Equal((first.StartTimeUtc, first.Duration, ActivityStatusCode.Unset), (span.StartTimeUtc, span.Duration, span.Status));
        });
        Assert.Contains("pg_advisory_xact_lock_shared($1)", first.Text("db.query.text"), StringComparison.Ordinal);
        Assert.All(spans.Where(span => span != first), span => Assert.Equal(first.Context, Assert.Single(span.Links).Context));
    }

    [Fact]
    public async Task A_statement_that_fails_is_an_error_of_each_request_that_it_fails()
    {
        var requests = await TogetherAsync(0, 2, 5);

        var spans = await SpansAsync(requests);
        Assert.All(spans, span => Assert.Equal(
            (ActivityStatusCode.Error, PostgresErrorCodes.DivisionByZero), (span.Status, span.Text("error.type"))));
    }

    [Fact]
    public async Task A_request_by_itself_has_Npgsqls_own_span_and_no_other()
    {
        using var request = RequestSource.StartActivity("request")!;
        Assert.Equal([5], await _query.ReadAsync(2, CancellationToken.None));
        request.Stop();

        var span = Assert.Single(await SpansAsync([request]));
        Assert.Equal(("Npgsql", request.SpanId), (span.Source.Name, span.ParentSpanId));
    }

    /// <summary>Asks while all that may be under way wait for a lock, so that what is asked goes in one batch.</summary>
    private async Task<List<Activity>> TogetherAsync(params long[] asked)
    {
        await using var holder = new NpgsqlConnection(_connection);
        await holder.OpenAsync();
        await ExecuteAsync(holder, $"SELECT pg_advisory_lock({Held})");

        List<Task> waiting = [];
        for (var underWay = 1; underWay <= PostgresConnection.MostReads; underWay++)
        {
            waiting.Add(_query.ReadAsync(Held, CancellationToken.None));
            await TokenRedis.UntilAsync(async () => await ExecuteAsync(
                holder,
                """
                SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
                WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
                """) == underWay);
        }

        List<Activity> requests = [];
        foreach (var one in asked)
        {
            using var request = RequestSource.CreateActivity("request", ActivityKind.Server, parentContext: default)!.Start();
            requests.Add(request);
            waiting.Add(_query.ReadAsync(one, CancellationToken.None));
        }

        await ExecuteAsync(holder, $"SELECT pg_advisory_unlock({Held})");
        await Task.WhenAll(waiting).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return requests;
    }

    private static async Task<long> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is long count ? count : 0;
    }

    /// <summary>
    /// The one statement of each request, as soon as all are there; that a connection is opened first is a span as well.
    /// </summary>
    private async Task<List<Activity>> SpansAsync(List<Activity> requests)
    {
        List<Activity> Below() =>
            [.. _ended.Where(
                span => span.Text("db.query.text") is not null && requests.Any(request => request.SpanId == span.ParentSpanId))];

        await TokenRedis.UntilAsync(() => Task.FromResult(Below().Count >= requests.Count));
        var spans = Below();
        Assert.Equal(requests.Select(request => request.SpanId.ToHexString())
            .Order(), spans.Select(span => span.ParentSpanId.ToHexString()).Order());
        return spans;
    }
}
