namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address a resource listens at.</summary>
public sealed class EndpointAnnotation(string name, string uriScheme, int? port = null) : IResourceAnnotation
{
    public string Name => name;

    public string UriScheme => uriScheme;

    /// <summary>The port that was asked for; none means any.</summary>
    public int? Port => port;

    /// <summary>The port it has, from the start of the application on.</summary>
    internal int? AllocatedPort { get; set; }
}
