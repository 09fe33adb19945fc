using Taskmaster.Trial;

// The line of each thing that was tried, and an exit code: what a script needs.
try
{
    switch (args)
    {
        case ["flows", var origin, var file]:
            await Trial.FlowsAsync(new Uri(origin), file);
            return 0;
        case ["kept", var origin, var file]:
            await Trial.KeptAsync(new Uri(origin), file);
            return 0;
        case ["replicas", var repository]:
            await ReplicaTrial.RunAsync(Path.GetFullPath(repository));
            return 0;
        case ["hosts", var repository]:
            await HostTrial.RunAsync(Path.GetFullPath(repository));
            return 0;
        case ["upgrade", var repository, var older]:
            await UpgradeTrial.RunAsync(Path.GetFullPath(repository), Path.GetFullPath(older));
            return 0;
        case ["restore", var repository]:
            await RestoreTrial.RunAsync(Path.GetFullPath(repository));
            return 0;
        case ["throughput", var repository]:
            await ThroughputTrial.RunAsync(Path.GetFullPath(repository));
            return 0;
        default:
            await Console.Error.WriteLineAsync("""
                dotnet run --project deploy/trial -- flows <origin> <file>   both documented flows; what they made is in the file
                dotnet run --project deploy/trial -- kept <origin> <file>    what must still be there after a restart
                dotnet run --project deploy/trial -- replicas .              two replicas of artifacts/publish, stores that fail
                dotnet run --project deploy/trial -- hosts .                 three hosts, as network namespaces, that are lost; as root
                dotnet run --project deploy/trial -- upgrade . <older>       from another checkout's artifacts/publish, and back
                dotnet run --project deploy/trial -- restore .               both databases lost, and restored
                dotnet run --project deploy/trial -- throughput .            tokens a second of 1, 2 and 4 replicas
                """);
            return 2;
    }
}
catch (TrialException failure)
{
    await Console.Error.WriteLineAsync($"FAILED  {failure.Message}");
    return 1;
}
