using Taskmaster.AppHost.Local;

namespace Taskmaster.AppHost;

internal static class GeneratedSecret
{
    /// <summary>43 letters and digits carry 248 bits.</summary>
    private const int Length = 43;

    /// <summary>
    /// A secret made up at the first start and kept with the data it protects; <c>Parameters:{name}</c> sets another.
    /// Letters and digits only: Aspire writes passwords into connection strings as they are.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(
        this IDistributedApplicationBuilder builder, string name, string description) =>
        builder.AddParameter(name, new KeptSecret(name, Length, LocalInstance.Of(builder)), secret: true).WithDescription(description);
}
