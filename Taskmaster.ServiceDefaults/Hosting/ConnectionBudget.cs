namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// How many connections to Postgres the services hold at most (docs/decisions/0015). A pool as large as the server's whole
/// limit is none: at a thousand requests each service asks for connections that the other has, and is refused. Requests
/// beyond the pool wait in Npgsql's queue until the connection timeout of <see cref="PostgresConnection"/>.
/// </summary>
public static class ConnectionBudget
{
    /// <summary>The connections of a Postgres as installed: max_connections = 100, less superuser_reserved_connections = 3.</summary>
    public const int Postgres = 97;

    /// <summary>For what a service's requests read and write, in its own database.</summary>
    public const int Requests = 20;

    /// <summary>For reads that only Npgsql is asked for; as many as there are cores, two at least.</summary>
    public const int Reads = 8;

    /// <summary>For the Data Protection keys, which a service rarely reads.</summary>
    public const int KeyRing = 2;

    /// <summary>For the Tasks API's look-ups of API keys, which it caches.</summary>
    public const int ApiKeys = 4;

    public const int AuthServer = Requests + Reads + KeyRing;

    public const int TasksApi = Requests + Reads + ApiKeys + KeyRing;

    public const int Web = KeyRing;
}
