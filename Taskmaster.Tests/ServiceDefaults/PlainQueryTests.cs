using Npgsql;
using Taskmaster.ServiceDefaults.Fast;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.ServiceDefaults;

public sealed class PlainQueryTests : IAsyncLifetime
{
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync() =>
        _database = PostgresConnection.ForReads(await PostgresProcess.NewSharedDatabaseAsync(), commandTimeout: null);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Whoever_asks_has_the_rows_of_their_own_parameters()
    {
        var series = Query("SELECT * FROM generate_series(1, $1)");

        await Parallel.ForAsync(0, 500, async (length, cancellationToken) =>
            Assert.Equal(Enumerable.Range(1, length % 50), await series.ReadAsync(length % 50, cancellationToken)));
    }

    [Fact]
    public async Task What_Postgres_refuses_is_an_exception_and_the_next_question_is_answered()
    {
        var tenth = Query("SELECT 10 / $1");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => tenth.ReadAsync(0, CancellationToken.None));

        Assert.Equal(PostgresErrorCodes.DivisionByZero, refused.SqlState);
        Assert.Equal([5], await tenth.ReadAsync(2, CancellationToken.None));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        var slow = Query("SELECT 1 FROM pg_sleep($1)");
        using var cancelled = new CancellationTokenSource();

        var rows = slow.ReadAsync(1, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows);
    }

    [Fact]
    public async Task A_Postgres_that_is_away_is_an_exception_of_its_client_for_each()
    {
        await using var nowhere = PostgresConnection.ForReads("Host=127.0.0.1;Port=1;Username=nobody;Timeout=5", commandTimeout: null);
        var query = new PlainQuery<int, int>(nowhere, "SELECT $1", Parameter, row => row.GetInt32(0));

        foreach (var rows in (Task<List<int>>[])[query.ReadAsync(1, CancellationToken.None), query.ReadAsync(2, CancellationToken.None)])
        {
            Assert.True((await Assert.ThrowsAnyAsync<NpgsqlException>(() => rows)).IsTransient);
        }
    }

    private PlainQuery<int, int> Query(string sql) => new(_database, sql, Parameter, row => row.GetInt32(0));

    private static NpgsqlParameter[] Parameter(int value) => [new NpgsqlParameter<int> { TypedValue = value }];
}
