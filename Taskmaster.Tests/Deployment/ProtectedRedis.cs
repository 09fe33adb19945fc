using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;
using Taskmaster.Benchmarks.Stores;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Deployment;

/// <summary>A redis-server as deploy/redis starts it: a user for each service, every write on disk before it is answered.</summary>
public sealed class ProtectedRedis : IAsyncLifetime
{
    private const string Password = "not-a-secret";

    private readonly string _folder = Directory.CreateTempSubdirectory("taskmaster-redis-").FullName;
    private readonly int _port = FreePort.Next();
    private Process? _process;

    public string ConnectionString(string user) => $"127.0.0.1:{_port},user={user},password={Password}";

    public async Task InitializeAsync()
    {
        Start();
        await using var connection = await ConnectAsync("admin");
    }

    /// <summary>As a crash, and back.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await InitializeAsync();
    }

    public Task<IConnectionMultiplexer> ConnectAsync(string user)
    {
        var configuration = TokenRedis.Configure([$"127.0.0.1:{_port}"]);
        (configuration.User, configuration.Password) = (user, Password);
        return TokenRedis.ConnectAsync(configuration);
    }

    /// <summary>The first line that a connection without a user gets.</summary>
    public async Task<string?> AskAsNobodyAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync();
    }

    /// <summary>
    /// What Redis has refused since it started, but for CONFIG GET, which StackExchange.Redis tries once a connection and does without.
    /// </summary>
    public async Task<IReadOnlyList<string>> RefusedAsync()
    {
        await using var connection = await ConnectAsync("admin");
        var log = (RedisResult[])(await connection.GetDatabase().ExecuteAsync("ACL", "LOG"))!;
        return [.. log.Select(entry => (RedisResult[])entry!).Select(fields => string.Join(' ', fields.Select(field => $"{field}")))
            .Where(refusal => !refusal.Contains("config|get", StringComparison.Ordinal))];
    }

    public async Task DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start()
    {
        var start = new ProcessStartInfo(
            "sh", [$"{Repository.Root}/deploy/redis/start.sh", "bind 127.0.0.1", $"port {_port}", $"dir {_folder}"])
        {
            RedirectStandardOutput = true,
        };
        foreach (var user in (string[])["ADMIN", "AUTHSERVER", "TASKSAPI", "MCP", "WEB"])
        {
            start.Environment[$"REDIS_{user}_PASSWORD"] = Password;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    private async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }
}
