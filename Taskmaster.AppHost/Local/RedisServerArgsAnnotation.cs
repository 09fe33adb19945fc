namespace Taskmaster.AppHost.Local;

/// <summary>What redis-server is started with beside its address, password and data.</summary>
internal sealed record RedisServerArgsAnnotation(IReadOnlyList<string> Arguments) : IResourceAnnotation;
