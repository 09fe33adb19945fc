namespace Taskmaster.AppHost;

internal static class GeneratedSecret
{
    /// <summary>43 letters and digits carry 248 bits.</summary>
    private const int Length = 43;

    /// <summary>A secret made up at the first start and kept; what it protects must be readable after the next.</summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = Length, Special = false }, secret: true, persist: true);
}
