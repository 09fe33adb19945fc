using Npgsql;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Tests.ServiceDefaults;

public sealed class PostgresConnectionTests
{
    [Theory]
    [InlineData("Host=db", true, 100)]
    [InlineData("Host=db;Max Auto Prepare=0", true, 0)]
    [InlineData("Host=db;No Reset On Close=false;MaxAutoPrepare=5", false, 5)]
    public void It_keeps_statements_and_resets_nothing_unless_the_connection_string_says_otherwise(
        string given, bool isNotReset, int keptStatements)
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresConnection.ForRequests(given));

        Assert.Equal("db", connection.Host);
        Assert.Equal((isNotReset, keptStatements), (connection.NoResetOnClose, connection.MaxAutoPrepare));
    }

    [Theory]
    [InlineData("Host=db", 5)]
    [InlineData("Host=db;Command Timeout=20", 20)]
    public void A_commands_time_is_the_services_unless_the_connection_string_says_otherwise(string given, int seconds) =>
        Assert.Equal(seconds, new NpgsqlConnectionStringBuilder(PostgresConnection.ForRequests(given, commandTimeout: 5)).CommandTimeout);

    [Fact]
    public void One_of_each_service_leaves_Postgres_connections_for_its_operators() =>
        Assert.InRange(
            ConnectionBudget.AuthServer + ConnectionBudget.TasksApi + ConnectionBudget.Web, 1, ConnectionBudget.Postgres * 3 / 4);

    [Theory]
    [InlineData("Host=db", ConnectionBudget.Requests, 2, 3)]
    [InlineData("Host=db;Maximum Pool Size=7;Timeout=9;Command Timeout=8", 7, 9, 8)]
    [InlineData("Host=db;Minimum Pool Size=50", 50, 2, 3)]
    public void A_pool_is_bounded_and_so_is_every_wait_unless_the_connection_string_says_otherwise(
        string given, int most, int forConnection, int forAnswer)
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresConnection.ForRequests(given));

        Assert.Equal((most, forConnection, forAnswer), (connection.MaxPoolSize, connection.Timeout, connection.CommandTimeout));
        Assert.Equal(-1, connection.CancellationTimeout);
    }

    [Theory]
    [InlineData("Host=db", 2, 16)]
    [InlineData("Host=db;Maximum Pool Size=2;Minimum Pool Size=1", 2, 2)]
    [InlineData("Host=db;Minimum Pool Size=50", 2, 16)]
    public void Reads_have_few_connections_and_never_more_than_the_connection_string_says(string given, int fewest, int most)
    {
        using var reads = PostgresConnection.ForReads(given, commandTimeout: 5);
        var connection = new NpgsqlConnectionStringBuilder(reads.ConnectionString);

        Assert.InRange(connection.MaxPoolSize, fewest, most);
        Assert.Equal((5, 100), (connection.CommandTimeout, connection.MaxAutoPrepare));
    }
}
