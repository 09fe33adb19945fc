using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.AppHost.Local;

/// <summary>Postgres' data, in a folder named for the major version that wrote it: another could not read it.</summary>
internal static class PostgresCluster
{
    private const string Unfinished = ".new";

    /// <summary>The folder of one version in the folder of all; null where there is none yet.</summary>
    public static string? In(string parent) => !Directory.Exists(parent)
        ? null
        : Directory.GetDirectories(parent).FirstOrDefault(folder => !folder.EndsWith(Unfinished, StringComparison.Ordinal));

    public static async Task<string> OpenAsync(
        string name, string user, string password, PostgresPrograms programs, LocalInstance instance, CancellationToken cancellationToken)
    {
        var parent = instance.Folder.Create(name);
        var folder = Path.Combine(parent, programs.Version.ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(folder))
        {
            await LeftoverStore.EndAsync(folder, cancellationToken);
            File.Delete(Path.Combine(folder, "postmaster.pid"));
        }
        else if (In(parent) is { } other)
        {
            throw new RefusalException(string.Create(CultureInfo.InvariantCulture,
                $"The data in {parent} was written by Postgres {Path.GetFileName(other)}, and the Postgres found here is "
                + $"{programs.Version}: name the folder of the other's programs with --Local:Postgres=<folder>, or use another data "
                    + $"folder with --Local:DataFolder=<folder>."));
        }
        else
        {
            await CreateAsync(user, password, programs, instance, folder, cancellationToken);
        }

        return folder;
    }

    /// <summary>Beside first, then renamed, so that an interrupted initdb leaves nothing that looks like data.</summary>
    private static async Task CreateAsync(
        string user, string password, PostgresPrograms programs, LocalInstance instance, string folder,
        CancellationToken cancellationToken)
    {
        var beside = folder + Unfinished;
        if (Directory.Exists(beside))
        {
            Directory.Delete(beside, recursive: true);
        }

        var passwordFile = Path.Combine(Path.GetDirectoryName(folder)!, "password");
        await PrivateFile.WriteAsync(passwordFile, password, cancellationToken);
        await PostgresUser.GiveAsync(Path.GetDirectoryName(folder)!, cancellationToken);

        var start = new ProcessStartInfo(programs.InitDb,
        [
            "--pgdata", beside, "--username", user, "--pwfile", passwordFile,
            "--auth", "scram-sha-256", "--locale", "C", "--encoding", "UTF8",
            .. instance.Settings.IsThrowAway ? ["--no-sync"] : Array.Empty<string>(),
        ])
        { WorkingDirectory = "/" };
        if (PostgresUser.Name is { } owner)
        {
            start.UserName = owner;
        }

        var (exitCode, output) = await Programs.RunAsync(start, cancellationToken);
        File.Delete(passwordFile);
        if (exitCode != 0)
        {
            throw new RefusalException(
                $"Postgres could not make its data folder {folder}. Make room there and the folder above it passable for the user "
                + $"{PostgresUser.Name ?? Environment.UserName}, or name another data folder with --Local:DataFolder=<folder>. initdb "
                    + $"says:{Environment.NewLine}{output.Trim()}");
        }

        Directory.Move(beside, folder);
    }
}
