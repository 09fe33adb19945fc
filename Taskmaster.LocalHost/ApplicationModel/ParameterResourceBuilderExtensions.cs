using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>A value from the configuration, <c>Parameters:{name}</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.AddResource(new ParameterResource(name, _ => Configured(builder, name) ?? throw new DistributedApplicationException(
            $"The parameter '{name}' has no value; set it as Parameters:{name} in the AppHost's user secrets, or as the environment variable Parameters__{name}."), secret));
    }

    /// <summary>A value from the configuration, or else the default; a persisted default is the same at every start.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.AddResource(CreateParameter(builder, name, value, secret, persist));
    }

    internal static ParameterResource CreatePassword(IDistributedApplicationBuilder builder, string name, bool special) =>
        CreateParameter(builder, name, new GenerateParameterDefault { Special = special }, secret: true, persist: true);

    private static ParameterResource CreateParameter(
        IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist)
    {
        return new ParameterResource(name, Resolve, secret) { Default = value };

        string Resolve(ParameterDefault? _) =>
            Configured(builder, name)
            ?? (persist ? ((DistributedApplicationBuilder)builder).Parameters.GetOrAdd(name, value.GetDefaultValue) : value.GetDefaultValue());
    }

    /// <summary>Dashes may be written as underscores, since shells allow no dash in a variable's name.</summary>
    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"];
}
