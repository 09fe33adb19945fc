using System.Globalization;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>A side's server that is this program itself, started again with the side's name, a port and what it connects to.</summary>
internal static class OwnProgram
{
    public static Task<(ServerProcess Server, int Port)> StartAsync(Run run, string side, params IReadOnlyList<string> connections) =>
        StartAsync(run, Cores.Server, side, connections);

    public static async Task<(ServerProcess Server, int Port)> StartAsync(
        Run run, int core, string side, IReadOnlyList<string> connections)
    {
        var port = FreePort.Next();
        string[] arguments = [side, port.ToString(CultureInfo.InvariantCulture), .. connections];
        var server = run.Start(Command.DotNet(side, Places.Benchmarks, arguments) with { RunsOn = [core] });
        await server.UntilHealthyAsync(port);
        return (server, port);
    }

    /// <summary>What all of them are in that other process: Kestrel on the port.</summary>
    public static WebApplicationBuilder NewBuilder(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(int.Parse(port, CultureInfo.InvariantCulture)));
        return builder;
    }

    public static async Task<int> RunAsync(WebApplication app)
    {
        app.MapGet("/health", () => "Healthy");
        await app.RunAsync();
        return 0;
    }
}
