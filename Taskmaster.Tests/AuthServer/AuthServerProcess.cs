using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using Taskmaster.AuthServer.Data;
using Taskmaster.Benchmarks.Stores;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A replica of the host's server in a process of its own, which can be ended as an operator or a crash ends it.</summary>
internal sealed class AuthServerProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = [];
    private readonly Process _process;

    private AuthServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<AuthServerProcess> StartAsync(AuthServerHost host)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = StartInfo(typeof(AuthDbContext).Assembly, host.Settings);
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var server = new AuthServerProcess(Process.Start(start)!, address);
        server.Record();
        await server.UntilHealthyAsync();
        return server;
    }

    /// <summary>An operator's command, with the server's settings.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> CommandAsync(AuthServerHost host, params string[] arguments) =>
        CommandAsync(typeof(AuthDbContext).Assembly, host.Settings, arguments);

    /// <summary>A command of that service's program.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> CommandAsync(
        Assembly service, IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(service, settings, arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await errors).Trim());
    }

    /// <summary>A browser that finds the public origin at this process.</summary>
    public UserAgent NewUserAgent()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(Address.Host, Address.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new UserAgent(new HttpMessageInvoker(handler), new Uri(AuthServerHost.Origin));
    }

    /// <summary>SIGTERM, as an orchestrator sends it; done when the server has begun to shut down.</summary>
    public async Task TerminateAsync()
    {
        Assert.Equal(0, NativeMethods.Kill(_process.Id, 15));
        await TokenRedis.UntilAsync(
            () => Task.FromResult(_output.Any(line => line.Contains("Application is shutting down", StringComparison.Ordinal))));
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    /// <summary>SIGKILL, as a crash.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(Assembly service, IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [service.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    private void Record()
    {
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task UntilHealthyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        await TokenRedis.UntilAsync(async () =>
        {
            Assert.False(_process.HasExited, string.Join('\n', _output));
            try
            {
                return (await http.GetAsync("/health")).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Kill(int pid, int signal);
    }
}
