using System.Diagnostics;
using StackExchange.Redis;
using Taskmaster.Benchmarks.Stores;

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
        var command = await StoreCommands.GarnetAsync("garnet", port, folder, "-m", "64m", "-i", "1m");
        process = Process.Start(command.ToStartInfo())
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
