using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AppHost.Local;

/// <summary>Whether the stores run as containers or as programs.</summary>
internal static class StoreMode
{
    /// <summary>
    /// As the settings say; else as the folder's data was written, which the other mode would not find; else as containers
    /// where an engine runs.
    /// </summary>
    /// <exception cref="RefusalException">They are to be containers, and no engine runs.</exception>
    public static async Task<bool> IsContainersAsync(LocalInstance instance, Func<Task<bool>> hasEngine)
    {
        var (settings, folder) = (instance.Settings, instance.Folder);
        var inVolumes = ContainerVolumes.AreIn(folder);
        var inFolder = PostgresCluster.In(folder.Of(ResourceNames.Postgres)) is not null;
        var containers = settings.Containers ?? (inVolumes == inFolder ? null : inVolumes);
        if (containers == false)
        {
            return false;
        }

        var runs = await hasEngine();
        if (containers == true && !runs)
        {
            throw new RefusalException(settings.Containers == true
                ? "The setting Local:Stores is 'containers', and no container engine runs here: start Docker or Podman, or leave the "
                    + "setting unset."
                : $"The data of {folder.Path} is in volumes of containers, and no container engine runs here: start it, or begin with empty "
                    + $"data with --Local:Stores=programs.");
        }

        if (containers is null && inVolumes)
        {
            var other = runs ? "programs" : "containers";
            Console.WriteLine($"Redis and Postgres have other data here as {other}: --Local:Stores={other} starts with that.");
        }

        return runs;
    }
}
