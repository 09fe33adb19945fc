namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource starts when another is healthy, and ends before it.</summary>
internal sealed record WaitAnnotation(IResource Resource) : IResourceAnnotation;

/// <summary>The resource is healthy when the health check of that name is.</summary>
internal sealed record HealthCheckAnnotation(string Key) : IResourceAnnotation;

/// <summary>Arguments for the resource's program.</summary>
internal sealed record CommandLineArgsAnnotation(IReadOnlyList<string> Args) : IResourceAnnotation;

/// <summary>The resource keeps its data between starts.</summary>
internal sealed record DataVolumeAnnotation : IResourceAnnotation;
