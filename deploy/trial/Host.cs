using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Taskmaster.Trial;

/// <summary>Where programs run and connections come from: this machine, or a network namespace of it that stands for another.</summary>
internal sealed class Host(string name, string address, string? networkNamespace = null)
{
    public static Host This { get; } = new("this machine", "127.0.0.1");

    public string Name => name;

    public string Address => address;

    public RunningProgram Start(
        string title, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        networkNamespace is null
            ? RunningProgram.Start(title, program, arguments, environment)
            : RunningProgram.Start(title, "ip", ["netns", "exec", networkNamespace, program, .. arguments], environment);

    /// <summary>Runs a program to its end; one that fails fails the trial, with what it wrote.</summary>
    public async Task RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var running = Start(program, program, arguments, environment);
        if (await running.WaitForExitCodeAsync() is not 0 and var exitCode)
        {
            throw new TrialException($"{program} on {name} ended with {exitCode}:\n{running.Output}");
        }
    }

    public async Task<NetworkStream> ConnectAsync(string to, int port, CancellationToken cancellationToken = default)
    {
        var socket = networkNamespace is null ? NewSocket() : await NewSocketInAsync(networkNamespace);
        try
        {
            await socket.ConnectAsync(to, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>For requests from here.</summary>
    public SocketsHttpHandler NewHandler() => new()
    {
        ConnectCallback = async (context, cancellationToken) =>
            await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken),
    };

    public HttpClient NewHttp() => new(NewHandler());

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>A socket stays in the namespace of the thread that made it: a thread of its own enters, and ends.</summary>
    private static Task<Socket> NewSocketInAsync(string networkNamespace)
    {
        var made = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{networkNamespace}", share: FileShare.ReadWrite);
                made.SetResult(NativeMethods.EnterNamespace(file, NativeMethods.NetworkNamespace) == 0
                    ? NewSocket()
                    : throw new TrialException($"setns: {Marshal.GetLastPInvokeErrorMessage()}"));
            }
            catch (Exception exception) when (exception is TrialException or IOException or SocketException)
            {
                made.SetException(exception);
            }
        }).Start();
        return made.Task;
    }

    private static class NativeMethods
    {
        public const int NetworkNamespace = 0x40000000;

        [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int EnterNamespace(SafeHandle file, int kind);
    }
}
