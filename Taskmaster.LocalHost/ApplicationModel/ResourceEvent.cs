using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource and the state it has come to.</summary>
public sealed class ResourceEvent(IResource resource, CustomResourceSnapshot snapshot)
{
    public IResource Resource => resource;

    public CustomResourceSnapshot Snapshot => snapshot;
}

public sealed record CustomResourceSnapshot
{
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>Unset when the resource has no health checks, or does not run.</summary>
    public HealthStatus? HealthStatus { get; init; }

    public int? ExitCode { get; init; }
}

public sealed record ResourceStateSnapshot(string Text);
