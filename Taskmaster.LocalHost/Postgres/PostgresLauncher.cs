using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Taskmaster.LocalHost.Running;

namespace Taskmaster.LocalHost.Postgres;

/// <summary>Starts Postgres on its data folder.</summary>
internal static class PostgresLauncher
{
    public static async Task<ChildProcess> StartAsync(PostgresServerResource server, Launch launch, CancellationToken cancellationToken)
    {
        var programs = await PostgresPrograms.FindAsync(launch.Settings, cancellationToken);
        var folder = await PostgresCluster.OpenAsync(server, programs, launch, cancellationToken);

        var log = launch.Folder.LogOf(server.Name);
        await PostgresUser.GiveAsync(log, cancellationToken);

        return launch.Run(new ChildStart
        {
            Program = programs.Postgres,
            Arguments =
            [
                "-D", folder,
                "-c", string.Create(CultureInfo.InvariantCulture, $"port={server.PrimaryEndpoint.Port}"),
                "-c", "listen_addresses=localhost",
                "-c", "unix_socket_directories=",
                .. launch.Settings.IsThrowAway
                    ? ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
                    : Array.Empty<string>(),
            ],
            WorkingDirectory = folder,
            Log = log,
            UserName = PostgresUser.Name,
            // Fast shutdown; on TERM it would wait for every client to leave first.
            StopSignal = "INT",
            AdviceOnExit = $"If its data in {folder} is damaged, restore it from a backup, or start with `-- --fresh` to begin with empty data.",
            // The server processes of a postmaster that was killed live on for a second or two.
            IsTransient = ending => ending.Contains("pre-existing shared memory block", StringComparison.Ordinal),
        });
    }
}
