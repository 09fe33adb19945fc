namespace Aspire.Hosting;

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; unset, the one the process was started with.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>There is no dashboard here; it stays away either way.</summary>
    public bool DisableDashboard { get; set; }
}
