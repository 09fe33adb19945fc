using System.Globalization;

namespace Taskmaster.AppHost.Local;

/// <summary>The machine's Postgres, or else npm's, on its data folder.</summary>
internal static class PostgresProgram
{
    /// <summary>
    /// On TERM, which is what the orchestrator sends, Postgres would wait for every client to leave first; on INT it does not.
    /// </summary>
    private const string StopsFast = """
        trap 'kill -s INT "$postgres"' TERM INT HUP
        "$@" &
        postgres=$!
        while kill -s 0 "$postgres" 2>/dev/null; do wait "$postgres"; status=$?; done
        exit "$status"
        """;

    public static async Task<StoreProgram> PrepareAsync(
        PostgresServerResource server, int port, LocalInstance instance, CancellationToken cancellationToken)
    {
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken)
            ?? throw new RefusalException($"'{server.Name}' has no password.");
        var user = await server.UserNameReference.GetValueAsync(cancellationToken) ?? "postgres";
        var programs = await PostgresPrograms.FindAsync(instance.Settings, cancellationToken);
        var folder = await PostgresCluster.OpenAsync(server.Name, user, password, programs, instance, cancellationToken);

        string[] start =
        [
            programs.Postgres, "-D", folder,
            "-c", string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "-c", "listen_addresses=localhost",
            "-c", "unix_socket_directories=",
            .. instance.Settings.IsThrowAway
                ? ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
                : Array.Empty<string>(),
        ];
        string[] asItsUser = PostgresUser.Name is { } owner
            ? [PostgresUser.SetPriv, "--reuid", owner, "--regid", PostgresUser.Group, "--clear-groups", "--", .. start]
            : start;
        return new StoreProgram(
            "postgres-server", "/bin/sh", ["-c", StopsFast, "postgres-server", .. asItsUser], folder);
    }
}
