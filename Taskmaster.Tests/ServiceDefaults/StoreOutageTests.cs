using Microsoft.EntityFrameworkCore;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.ServiceDefaults;

public sealed class StoreOutageTests
{
    private static readonly NpgsqlException NoAnswer = new("no answer", new TimeoutException());

    private static readonly RedisConnectionException RedisIsGone = new(
        ConnectionFailureType.SocketClosed, CommandFlags.None, "gone", innerException: null, CommandStatus.Unknown);

    public static TheoryData<Exception, string?> Exceptions => new()
    {
        { new TokenStoreUnavailableException(), "redis" },
        { new RedisTimeoutException(CommandFlags.None, "late", CommandStatus.Sent), "redis" },
        { new InvalidOperationException("outer", RedisIsGone), "redis" },
        { NoAnswer, "db" },
        { new DbUpdateException("outer", NoAnswer), "db" },
        { new AggregateException(new ArgumentException("a bug"), NoAnswer), "db" },
        { Answered(PostgresErrorCodes.AdminShutdown), "db" },
        { Answered(PostgresErrorCodes.ReadOnlySqlTransaction), "db" },
        { new DbUpdateException("outer", Answered(PostgresErrorCodes.UniqueViolation)), null },
        { new InvalidOperationException("a bug"), null },
        { new OperationCanceledException("the caller left", NoAnswer), null },
        { new Away(NoAnswer), "elsewhere" },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_outage_names_the_store_that_is_away_and_a_bug_names_none(Exception exception, string? resource)
    {
        Assert.Equal(resource, StoreOutage.ResourceOf(exception, "db"));
        Assert.Equal(resource is not null, StoreOutage.IsOutage(exception));
    }

    [Fact]
    public void A_service_without_a_database_has_no_outage_of_Postgres() => Assert.Null(StoreOutage.ResourceOf(NoAnswer));

    private static PostgresException Answered(string state) => new("refused", "ERROR", "ERROR", state);

    private sealed class Away(Exception cause) : Exception("away", cause), IResourceOutage
    {
        public string Resource => "elsewhere";
    }
}
