namespace Taskmaster.LocalHost.Running;

/// <summary>What every launcher needs: this run's files, settings and reaper.</summary>
internal sealed record Launch(LocalHostSettings Settings, DataFolder Folder, Reaper Reaper, BuiltProjects Projects)
{
    public ChildProcess Run(ChildStart start) => ChildProcess.Run(start, Reaper);
}
