using System.Globalization;

namespace Taskmaster.Trial;

/// <summary>Lets a process have so much of one core, as a container's limit does; needs root. By cgroups of either version.</summary>
internal sealed class CpuQuota : IDisposable
{
    private const int PeriodMicroseconds = 100_000;
    private const string Root = "/sys/fs/cgroup";

    private readonly string _group;

    public CpuQuota(int process, double cores)
    {
        var isFirstVersion = Directory.Exists($"{Root}/cpu");
        _group = $"{(isFirstVersion ? $"{Root}/cpu" : Root)}/taskmaster-trial-{process}";
        var quota = ((int)(cores * PeriodMicroseconds)).ToString(CultureInfo.InvariantCulture);
        try
        {
            _ = Directory.CreateDirectory(_group);
            if (isFirstVersion)
            {
                File.WriteAllText($"{_group}/cpu.cfs_quota_us", quota);
            }
            else
            {
                File.WriteAllText($"{_group}/cpu.max", $"{quota} {PeriodMicroseconds}");
            }

            File.WriteAllText($"{_group}/cgroup.procs", process.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new TrialException($"No process can be held to a part of a core here: {exception.Message}");
        }
    }

    /// <summary>The process has ended, and its group goes after it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_group);
        }
        catch (IOException)
        {
            // The kernel has not let go of the process yet. An empty group costs nothing and goes with the machine.
        }
    }
}
