using System.Diagnostics;
using System.Reflection;
using StackExchange.Redis;

namespace Taskmaster.Tests.TokenStore.Servers;

/// <summary>Garnet, as the local host runs it where there is no redis-server.</summary>
public sealed class GarnetServer : ITokenRedis
{
    private readonly string folder = Directory.CreateTempSubdirectory("taskmaster-garnet-").FullName;
    private readonly int port = FreePort.Next();
    private Process? process;

    public ConfigurationOptions Configuration => TokenRedis.Configure([$"127.0.0.1:{port}"]);

    public IConnectionMultiplexer Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var arguments = Path.Combine(folder, "arguments");
        await File.WriteAllLinesAsync(arguments,
        [
            "--bind", "127.0.0.1", "--port", $"{port}", "--auth", "NoAuth", "--checkpointdir", folder,
            "--aof", "--aof-commit-freq", "0", "--aof-commit-wait", "--lua", "--lua-transaction-mode",
            "-m", "64m", "-i", "1m", "--page", "1m", "--aof-memory", "16m", "--aof-page-size", "4m", "--device-type", "RandomAccess", "-q",
        ]);

        var assembly = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Garnet").Value!;
        process = Process.Start(new ProcessStartInfo("dotnet", [assembly, arguments]) { UseShellExecute = false })
            ?? throw new InvalidOperationException("Garnet did not start.");
        Connection = await TokenRedis.ConnectAsync(Configuration);
    }

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
