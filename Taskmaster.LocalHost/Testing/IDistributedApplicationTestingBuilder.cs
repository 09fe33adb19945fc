namespace Aspire.Hosting.Testing;

/// <summary>An AppHost's application, described but not yet built, so that a test may add to it.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
