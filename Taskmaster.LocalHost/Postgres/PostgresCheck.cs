using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Taskmaster.LocalHost.Postgres;

/// <summary>Healthy when the database takes a connection.</summary>
internal sealed class PostgresCheck(Func<string> connectionString) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Quick(connectionString()));
            await connection.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            // The server is well; creating the databases says what is wrong with the password.
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }

    /// <summary>Without what costs time on a loopback connection that is used once.</summary>
    public static string Quick(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Timeout = 2,
    }.ConnectionString;
}
