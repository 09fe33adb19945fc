namespace Aspire.Hosting.ApplicationModel;

/// <summary>Sets environment variables of a resource, as it starts. Later callbacks overwrite earlier ones.</summary>
public sealed class EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback) : IResourceAnnotation
{
    public Action<EnvironmentCallbackContext> Callback => callback;
}

public sealed class EnvironmentCallbackContext
{
    /// <summary>Strings, or <see cref="IValueProvider"/>s to ask when all callbacks have run.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = new(StringComparer.Ordinal);
}
