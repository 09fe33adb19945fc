namespace Taskmaster.Trial;

/// <summary>Back-up, loss and restore of both databases, by the scripts of deploy/postgres.</summary>
internal sealed partial class ReplicaStack
{
    /// <summary>Where the dumps are written.</summary>
    private string Dumps => Directory.CreateDirectory(Path.Combine(_folder, "dumps")).FullName;

    public long DumpSize => new DirectoryInfo(Dumps).EnumerateFiles().Sum(file => file.Length);

    public Task BackUpAsync() =>
        Edge.RunAsync($"{_repository}/deploy/postgres/back-up.sh", [Dumps], _postgres.AsSuperuser());

    public Task RestoreAsync() =>
        Edge.RunAsync($"{_repository}/deploy/postgres/restore.sh", [Dumps], _postgres.AsSuperuser());

    /// <summary>Databases and roles are gone, as on a new server.</summary>
    public async Task LoseDatabasesAsync()
    {
        foreach (var database in (string[])["authdb", "tasksdb"])
        {
            _ = await SqlAsync("postgres", "postgres", $"DROP DATABASE {database} WITH (FORCE)");
        }

        _ = await SqlAsync(
            "postgres", "postgres", "DROP ROLE taskmaster_migrator, taskmaster_authserver, taskmaster_tasksapi, taskmaster_mcp, taskmaster_web");
    }

    public Task StopServicesAsync() => Task.WhenAll(Services.Select(replica => replica.Program!.TerminateAsync()));

    public Task StartServicesAgainAsync() => StartServicesAsync(replica => replica.Program!.StartAgain());

    /// <returns>What <c>psql</c> wrote: rows, or an error.</returns>
    public Task<string> SqlAsync(string role, string database, string statement) => _postgres.SqlAsync(role, database, statement);
}
