namespace Aspire.Hosting;

/// <summary>Whether the application is run or published. Here it is always run: publishing needs Aspire's packages.</summary>
public sealed class DistributedApplicationExecutionContext
{
    public bool IsRunMode { get; } = true;

    public bool IsPublishMode { get; }
}
