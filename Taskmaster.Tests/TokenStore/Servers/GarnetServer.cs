using System.Diagnostics;
using System.Reflection;
using StackExchange.Redis;

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
        var arguments = Path.Combine(_folder, "arguments");
        await File.WriteAllLinesAsync(arguments,
        [
            "--bind", "127.0.0.1", "--port", $"{_port}", "--auth", "NoAuth", "--checkpointdir", _folder,
            "--aof", "--aof-commit-freq", "0", "--aof-commit-wait", "--lua", "--lua-transaction-mode",
            "-m", "64m", "-i", "1m", "--page", "1m", "--aof-memory", "16m", "--aof-page-size", "4m", "--device-type", "RandomAccess", "-q",
        ]);

        var assembly = Assembly.GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "Garnet").Value!;
        _process = Process.Start(new ProcessStartInfo("dotnet", [assembly, arguments]) { UseShellExecute = false })
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
