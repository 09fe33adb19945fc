namespace Aspire.Hosting.ApplicationModel;

/// <summary>One part of the application: a service, a store, a database, a parameter.</summary>
public interface IResource
{
    string Name { get; }

    ResourceAnnotationCollection Annotations { get; }
}

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithArgs : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that exists within another, as a database within its server. Whoever waits for it waits for its parent, too.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}
