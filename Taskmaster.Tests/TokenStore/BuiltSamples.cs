using System.Diagnostics;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.TokenStore;

/// <summary>The packages in a folder of their own, and the samples, built from it and not from the repository.</summary>
public sealed class BuiltSamples : IAsyncLifetime
{
    public static readonly string[] Packages = ["Taskmaster.TokenStore", "Taskmaster.TokenStore.Conformance"];

    private readonly DirectoryInfo _feed = Directory.CreateTempSubdirectory("taskmaster-feed-");

    /// <summary>One that no folder of packages has yet, since a version that is there is never read again.</summary>
    public string Version { get; } = $"1.0.1-test.{Stopwatch.GetTimestamp()}";

    public IReadOnlyList<FileInfo> Files => _feed.GetFiles();

    public async Task InitializeAsync()
    {
        foreach (var package in Packages)
        {
            await Shell.RunAsync($"cd {Repository.Root} && dotnet pack {package} --no-build -c {Configuration} -o {_feed.FullName} "
                + $"-p:PackageVersion={Version} -nologo -v quiet");
        }

        await Shell.RunAsync($"cd {Repository.Root} && dotnet build samples/Samples.slnx -c {Configuration} -nologo -v quiet "
            + $"-p:TokenStoreVersion={Version} -p:RestoreAdditionalProjectSources={_feed.FullName}");
    }

    public Task DisposeAsync()
    {
        _feed.Delete(recursive: true);
        var unpacked = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var folder in Packages.Select(package => Path.Combine(unpacked, package.ToLowerInvariant(), Version)))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return Task.CompletedTask;
    }

    /// <param name="folder">Below samples.</param>
    /// <param name="assembly">Without its ending.</param>
    public static string AssemblyOf(string folder, string assembly) =>
        $"{Repository.Root}/samples/{folder}/bin/{Configuration}/net10.0/{assembly}.dll";

    /// <summary>That of the tests, which have built the libraries.</summary>
    private static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
}
