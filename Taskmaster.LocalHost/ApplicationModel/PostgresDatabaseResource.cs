namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database of a <see cref="PostgresServerResource"/>, created when the server is ready.</summary>
public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent)
    : Resource(name), IResourceWithParent, IResourceWithConnectionString
{
    public PostgresServerResource Parent => parent;

    IResource IResourceWithParent.Parent => parent;

    public string DatabaseName => databaseName;

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(ConnectionString());

    internal string ConnectionString() => $"{parent.ConnectionString()};Database={databaseName}";

    public IEnumerable<KeyValuePair<string, string>> GetConnectionProperties() => parent.ConnectionProperties(databaseName);
}
