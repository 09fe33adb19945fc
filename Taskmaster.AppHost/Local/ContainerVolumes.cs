using System.Security.Cryptography;

namespace Taskmaster.AppHost.Local;

internal static class ContainerVolumes
{
    private const string Id = "volumes";

    /// <summary>Whether stores of this folder have run as containers.</summary>
    public static bool AreIn(DataFolder folder) => folder.HasParameter(Id);

    /// <summary>
    /// Names the stores' volumes by an id that is kept with the secrets their data is protected by. Whoever loses the secrets
    /// gets empty stores and not locked ones, and the old volumes stay as they are.
    /// </summary>
    public static void KeepWithSecrets(IEnumerable<IResource> resources, LocalInstance instance)
    {
        var id = instance.Folder.GetOrAddParameter(Id, () => RandomNumberGenerator.GetHexString(12, lowercase: true));
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
