namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>An exception that says by itself which resource is away, where the type of its cause could not.</summary>
public interface IResourceOutage
{
    /// <summary>The resource's name, as the AppHost has it.</summary>
    string Resource { get; }
}
