using System.Security.Cryptography;

namespace Taskmaster.AppHost.Local;

internal static class ContainerVolumes
{
    /// <summary>
    /// Names the stores' volumes by an id that is kept with the secrets their data is protected by. Whoever loses the secrets
    /// gets empty stores and not locked ones, and the old volumes stay as they are.
    /// </summary>
    public static void KeepWithSecrets(IEnumerable<IResource> resources, LocalInstance instance)
    {
        var id = instance.Folder.GetOrAddParameter("volumes", () => RandomNumberGenerator.GetHexString(12, lowercase: true));
        foreach (var resource in resources)
        {
            foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>()
                .Where(mount => mount.Type == ContainerMountType.Volume)
                .ToList())
            {
                _ = resource.Annotations.Remove(mount);
                resource.Annotations.Add(
                    new ContainerMountAnnotation($"taskmaster-{id}-{resource.Name}", mount.Target, mount.Type, mount.IsReadOnly));
            }
        }
    }
}
