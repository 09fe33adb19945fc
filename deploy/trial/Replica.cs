namespace Taskmaster.Trial;

/// <summary>One process of a service.</summary>
internal sealed class Replica(string service, int number, Host host, int port, string published)
{
    public string Service => service;

    public string Name => $"{service}-{number}";

    public Host Host => host;

    public int Port => port;

    public Uri Address => new($"http://{host.Address}:{port}");

    public string Assembly => AssemblyOf(service);

    public string Folder => Path.Combine(published, Assembly);

    public RunningProgram? Program { get; set; }

    public static string AssemblyOf(string service) => service switch
    {
        "authserver" => "AuthServer",
        "tasksapi" => "TasksApi",
        "mcp" => "Mcp",
        _ => "Web",
    };
}

internal static class Replicas
{
    /// <summary>In the order in which they can start: who is called before who calls.</summary>
    public static readonly string[] Names = ["authserver", "tasksapi", "mcp", "web"];
}
