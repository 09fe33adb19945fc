using System.Diagnostics;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>A program to start.</summary>
internal sealed record Command(string Name, string Program, params IReadOnlyList<string> Arguments)
{
    public string? Folder { get; init; }

    public string? User { get; init; }

    /// <summary>The cores it may use, where anything is pinned.</summary>
    public IReadOnlyList<int> RunsOn { get; init; } = [Cores.Server];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A .NET program from its built assembly, in its own folder, where its settings lie.</summary>
    public static Command DotNet(string name, string assembly, params IReadOnlyList<string> arguments) =>
        new(name, Places.Require("dotnet"), [assembly, .. arguments]) { Folder = Path.GetDirectoryName(assembly) };

    public ProcessStartInfo ToStartInfo()
    {
        var start = new ProcessStartInfo(Program, Arguments) { WorkingDirectory = Folder, UserName = User };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
