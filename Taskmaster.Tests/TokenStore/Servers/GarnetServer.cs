using System.Diagnostics;
using StackExchange.Redis;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Tests.TokenStore.Servers;

/// <summary>Garnet, as the local host runs it where there is no redis-server.</summary>
public sealed class GarnetServer : ITokenRedis
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taskmaster-garnet-").FullName;
    private readonly int _port = FreePort.Next();
    private Process? _process;

    public ConfigurationOptions Configuration => TokenRedis.Configure([$"127.0.0.1:{_port}"]);

    public IConnectionMultiplexer Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var command = await StoreCommands.GarnetAsync("garnet", _port, _folder, "-m", "64m", "-i", "1m");
        _process = Process.Start(command.ToStartInfo())
            ?? throw new InvalidOperationException("Garnet did not start.");
        Connection = await TokenRedis.ConnectAsync(Configuration);
    }

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
