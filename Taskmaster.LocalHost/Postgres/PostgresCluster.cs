using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Taskmaster.LocalHost.Running;

namespace Taskmaster.LocalHost.Postgres;

/// <summary>Postgres's data, in a folder named for the major version that wrote it: another could not read it.</summary>
internal static class PostgresCluster
{
    public static async Task<string> OpenAsync(
        PostgresServerResource server, PostgresPrograms programs, Launch launch, CancellationToken cancellationToken)
    {
        var parent = launch.Folder.Of(server.Name);
        var folder = Path.Combine(parent, programs.Version.ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(folder))
        {
            await LeftoverPostmaster.EndAsync(folder, cancellationToken);
            return folder;
        }

        _ = launch.Folder.Create(server.Name);
        await CreateAsync(server, programs, launch, folder, cancellationToken);
        return folder;
    }

    /// <summary>Beside first, then renamed, so that an interrupted initdb leaves nothing that looks like data.</summary>
    private static async Task CreateAsync(
        PostgresServerResource server, PostgresPrograms programs, Launch launch, string folder, CancellationToken cancellationToken)
    {
        var beside = folder + ".new";
        if (Directory.Exists(beside))
        {
            Directory.Delete(beside, recursive: true);
        }

        var passwordFile = Path.Combine(Path.GetDirectoryName(folder)!, "password");
        await PrivateFile.WriteAsync(passwordFile, server.PasswordParameter.Value, cancellationToken);
        await PostgresUser.GiveAsync(Path.GetDirectoryName(folder)!, cancellationToken);

        var start = new ProcessStartInfo(programs.InitDb,
        [
            "--pgdata", beside, "--username", PostgresServerResource.UserName, "--pwfile", passwordFile,
            "--auth", "scram-sha-256", "--locale", "C", "--encoding", "UTF8", .. launch.Settings.IsThrowAway ? ["--no-sync"] : Array.Empty<string>(),
        ])
        { WorkingDirectory = "/" };
        if (PostgresUser.Name is { } user)
        {
            start.UserName = user;
        }

        var (exitCode, output) = await Programs.RunAsync(start, cancellationToken);
        File.Delete(passwordFile);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException(
                $"Postgres could not make its data folder {folder}. Make the folder above it passable for the user {PostgresUser.Name ?? Environment.UserName}, or name another data folder with --LocalHost:DataFolder=<folder>. initdb says:{Environment.NewLine}{output.Trim()}");
        }

        Directory.Move(beside, folder);
    }
}
