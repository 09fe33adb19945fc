using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Postgres server.</summary>
public sealed class PostgresServerResource(string name, ParameterResource password)
    : Resource(name), IResourceWithEndpoints, IResourceWithConnectionString, IResourceWithWaitSupport
{
    internal const string PrimaryEndpointName = "tcp";
    internal const string UserName = "postgres";

    public ParameterResource PasswordParameter => password;

    public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(ConnectionString());

    internal string ConnectionString() => $"Host=localhost;Port={Port};Username={UserName};Password={password.Value}";

    public IEnumerable<KeyValuePair<string, string>> GetConnectionProperties() => ConnectionProperties(database: null);

    /// <summary>As Aspire hands them out, for the server or for one of its databases.</summary>
    internal IEnumerable<KeyValuePair<string, string>> ConnectionProperties(string? database)
    {
        var path = database is null ? "" : "/" + Uri.EscapeDataString(database);
        yield return new("Host", "localhost");
        yield return new("Port", Port);
        yield return new("Username", UserName);
        yield return new("Password", password.Value);
        yield return new("Uri", $"postgresql://{UserName}:{Uri.EscapeDataString(password.Value)}@localhost:{Port}{path}");
        yield return new("JdbcConnectionString", $"jdbc:postgresql://localhost:{Port}{(database is null ? "/" : path)}");
        if (database is not null)
        {
            yield return new("DatabaseName", database);
        }
    }

    private string Port => PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
}
