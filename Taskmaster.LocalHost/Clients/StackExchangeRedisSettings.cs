namespace Aspire.StackExchange.Redis;

/// <summary>Settings of <c>AddRedisClient</c>, read from <c>Aspire:StackExchange:Redis</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    /// <summary>No effect here: the instrumentation that Aspire's client adds is a package of its own.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>When false, the connection is opened as the service starts rather than on first use.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
