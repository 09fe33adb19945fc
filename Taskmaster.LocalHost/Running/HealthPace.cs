using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Taskmaster.LocalHost.Running;

/// <summary>How long until the next question after a resource's health: others wait for its start, nobody for its going on.</summary>
internal sealed class HealthPace
{
    private static readonly TimeSpan WhileStarting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(30);

    private int _unhealthy;

    public HealthStatus? Last { get; private set; }

    public bool WasHealthy { get; private set; }

    public TimeSpan After(HealthStatus status)
    {
        Last = status;
        if (status == HealthStatus.Healthy)
        {
            WasHealthy = true;
            _unhealthy = 0;
            return WhileHealthy;
        }

        return WasHealthy ? TimeSpan.FromSeconds(Math.Min(++_unhealthy, 5)) : WhileStarting;
    }
}
