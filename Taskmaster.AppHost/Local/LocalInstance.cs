using Microsoft.Extensions.DependencyInjection;

namespace Taskmaster.AppHost.Local;

/// <summary>One run's settings and its data folder, which is opened at its first use and given back when the host ends.</summary>
internal sealed class LocalInstance(LocalSettings settings) : IDisposable
{
    private readonly Lock _lock = new();
    private DataFolder? _folder;

    public LocalSettings Settings => settings;

    /// <exception cref="RefusalException">The folder, or a setting, cannot be used.</exception>
    public DataFolder Folder
    {
        get
        {
            lock (_lock)
            {
                return _folder ??= settings.Refusal is { } refusal ? throw new RefusalException(refusal) : DataFolder.Open(settings);
            }
        }
    }

    /// <summary>The one instance of this builder.</summary>
    public static LocalInstance Of(IDistributedApplicationBuilder builder)
    {
        if (builder.Services.FirstOrDefault(
            service => service.ServiceType == typeof(LocalInstance))?.ImplementationInstance is not LocalInstance instance)
        {
            instance = new LocalInstance(LocalSettings.From(builder.Configuration, builder.AppHostDirectory));
            builder.Services.AddSingleton(instance);
        }

        return instance;
    }

    public void Dispose() => _folder?.Dispose();
}
