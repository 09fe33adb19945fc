using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Mcp.Api;

/// <summary>A service behind this one did not answer, or answered that it cannot now; or the caller has called it too often.</summary>
internal sealed class ApiUnavailableException(string service, TimeSpan? retryAfter, Exception? innerException = null)
    : Exception($"The service {service} is not available.", innerException), IResourceOutage
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    public string Resource => service;

    /// <summary>Too many requests of this caller; nothing is away.</summary>
    public bool IsRateLimit { get; init; }

    /// <summary>When it is worth while to come again.</summary>
    public TimeSpan RetryAfter => retryAfter ?? Usual;
}
