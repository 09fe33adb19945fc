using Aspire.Hosting.Publishing;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// A secret made up at the first start and kept beside the data it protects. Aspire's own place for it, the user secrets, is
/// one file for all clones of the repository: a second clone, or clearing it, would lock its owner out of existing data.
/// </summary>
internal sealed class KeptSecret(string name, int length, LocalInstance instance) : ParameterDefault
{
    private readonly GenerateParameterDefault _generate = new() { MinLength = length, Special = false };

    public override string GetDefaultValue() => instance.Folder.GetOrAddParameter(name, _generate.GetDefaultValue);

    public override void WriteToManifest(ManifestPublishingContext context) => _generate.WriteToManifest(context);
}
