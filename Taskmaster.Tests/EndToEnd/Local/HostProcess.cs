using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>The AppHost as a process of its own, as <c>dotnet run</c> starts it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Marker = "TASKMASTER_TEST_RUN";
    private const string Announcement = "Taskmaster is at ";

    /// <summary>Podman's name server: whoever first needs one starts it, and it serves all of a machine's containers.</summary>
    private const string SharedNameServer = "aardvark-dns";

    /// <summary>As the AppHost's own build left it; the copy beside these tests has their settings of the runtime.</summary>
    internal static readonly string Program = Path.Combine(
        [Projects.Taskmaster_AppHost.ProjectPath, .. AppContext.BaseDirectory.TrimEnd('/').Split('/')[^3..], "Taskmaster.AppHost.dll"]);

    /// <summary>What <c>dotnet run</c> sets from the first launch profile.</summary>
    private static readonly Dictionary<string, string> LaunchProfile = ReadLaunchProfile();

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _run = RandomNumberGenerator.GetHexString(16);
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string dataFolder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A shell that runs the tests in the background has its children ignore Ctrl+C; a person's terminal does not.
        var start = new ProcessStartInfo(
            "env",
            ["--default-signal=INT", "dotnet", Program, $"--Local:DataFolder={dataFolder}", .. arguments.Any(IsOfStores)
                ? arguments
                : ["--Local:Stores=programs", .. arguments]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Projects.Taskmaster_AppHost.ProjectPath,
        };
        foreach (var (name, value) in LaunchProfile)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        start.Environment[Marker] = _run;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    /// <summary>Starts it and waits until all is healthy.</summary>
    public static Task<HostProcess> StartAsync(string dataFolder, params string[] arguments) =>
        StartAsync(dataFolder, new Dictionary<string, string>(), arguments);

    /// <summary>The same with variables in its environment, which the services inherit.</summary>
    public static async Task<HostProcess> StartAsync(
        string dataFolder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var host = new HostProcess(dataFolder, ["--Local:Instance=test", .. arguments], environment);
        var first = await Task.WhenAny(host._healthy.Task, host._process.WaitForExitAsync()).WaitAsync(Deadline);
        if (first != host._healthy.Task)
        {
            throw new InvalidOperationException($"The AppHost ended.\n{host.Output}");
        }

        return host;
    }

    /// <summary>Starts it where it cannot succeed, and has it say so with these words; gives all it said.</summary>
    public static Task<string> AssertRefusedAsync(string dataFolder, string[] expected, params string[] arguments) =>
        AssertRefusedAsync(dataFolder, new Dictionary<string, string>(), expected, arguments);

    /// <summary>The same with variables in its environment.</summary>
    public static async Task<string> AssertRefusedAsync(
        string dataFolder, IReadOnlyDictionary<string, string> environment, string[] expected, params string[] arguments)
    {
        await using var host = new HostProcess(dataFolder, arguments, environment);
        await host._process.WaitForExitAsync().WaitAsync(Deadline);

        Assert.Equal(1, host._process.ExitCode);
        Assert.All(expected, part => Assert.Contains(part, host.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("at Taskmaster.AppHost.", host.Output, StringComparison.Ordinal);
        return host.Output;
    }

    /// <summary>In a signal's place: the orchestrator is killed, and not the host, which has to notice.</summary>
    public const string OfOrchestrator = "orchestrator killed";

    /// <summary>Sends the signal; gives the exit code when neither the host nor anything it started runs any more.</summary>
    public async Task<int> EndAsync(string signal)
    {
        var family = Family();
        Assert.True(family.Count
            >= 7, $"The host, its orchestrator, two stores and three services were expected to run, not {family.Count} processes.");

        var (victims, sent) = signal == OfOrchestrator ? (family.Where(IsOrchestrator), "KILL") : ([_process], signal);
        using var kill = Process.Start(
            "kill", ["-s", sent, .. victims.Select(victim => victim.Id.ToString(CultureInfo.InvariantCulture))]);
        await Task.WhenAll(family.Select(process => process.WaitForExitAsync())).WaitAsync(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync();
        Assert.Empty(Family());
        return _process.ExitCode;
    }

    /// <summary>Where the console says that Taskmaster is.</summary>
    public Uri PublicOrigin => new(_output.Single(line => line.StartsWith(Announcement, StringComparison.Ordinal))[Announcement.Length..]);

    /// <summary>The client that a development machine starts with.</summary>
    public RegisteredClient DemoClient => new(PublicOrigin, "demo-client", "demo-secret-for-development-only", null);

    /// <summary>The dashboard's address, with the token that signs in.</summary>
    public Uri Dashboard => new(_output.Select(line => line.Trim()).Single(
        line => line.StartsWith("Dashboard ", StringComparison.Ordinal))["Dashboard ".Length..].Trim());

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Assert.Equal(0, await EndAsync("TERM"));
        }

        _process.Dispose();
    }

    /// <summary>Programs unless a test says otherwise, whatever engine this machine has.</summary>
    private static bool IsOfStores(string argument) => argument.StartsWith("--Local:Stores=", StringComparison.Ordinal);

    private static Dictionary<string, string> ReadLaunchProfile()
    {
        var file = Path.Combine(Projects.Taskmaster_AppHost.ProjectPath, "Properties", "launchSettings.json");
        var profile = JsonNode.Parse(File.ReadAllText(file))!["profiles"]!["http"]!;
        return profile["environmentVariables"]!.AsObject()
            .Select(variable => KeyValuePair.Create(variable.Key, variable.Value!.GetValue<string>()))
            .Append(new("ASPNETCORE_URLS", profile["applicationUrl"]!.GetValue<string>()))
            .ToDictionary();
    }

    private void Take(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            // The last that the first steps print.
            if (line.StartsWith("  curl ", StringComparison.Ordinal))
            {
                _healthy.TrySetResult();
            }
        }
    }

    /// <summary>Every process that inherited this run's mark.</summary>
    private List<Process> Family()
    {
        var mark = $"{Marker}={_run}";
        return [.. Process.GetProcesses().Where(
            process => process.ProcessName != SharedNameServer && EnvironmentOf(process.Id).Contains(mark))];
    }

    /// <summary>Its two processes; the others of that name are small ones that watch over what it started.</summary>
    private static bool IsOrchestrator(Process process) =>
        ReadOf(process.Id, "cmdline") is [_, "start-apiserver" or "run-controllers", ..];

    public static string[] EnvironmentOf(int id) => ReadOf(id, "environ");

    private static string[] ReadOf(int id, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}")).Split(
                '\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another user's.
            return [];
        }
    }
}
