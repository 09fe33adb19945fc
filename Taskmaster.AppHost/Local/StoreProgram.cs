namespace Taskmaster.AppHost.Local;

/// <summary>How a store is started as a program of this machine.</summary>
/// <param name="Name">What the dashboard calls the program.</param>
/// <param name="Command">The program's path.</param>
/// <param name="Arguments">What it is started with; nothing secret, since command lines are for everyone on the machine to see.</param>
/// <param name="Folder">The store's data, and the program's working directory.</param>
internal sealed record StoreProgram(string Name, string Command, IReadOnlyList<string> Arguments, string Folder);
