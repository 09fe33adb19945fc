using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// The one origin Taskmaster is reached at, and with it the issuer (RFC 8414 §2).
/// It is a setting and never taken from a request, so that a forged Host header cannot change an issued URL.
/// </summary>
public sealed class PublicOrigin
{
    /// <summary>Scheme, host and port without a path; setting <c>Taskmaster:PublicOrigin</c>.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The origin as RFC 6454 §6.2 writes it: no trailing slash.</summary>
    public string Value => Uri.GetLeftPart(UriPartial.Authority);

    public bool IsHttps => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>The audience of access tokens for the Tasks API.</summary>
    public string TasksApiAudience => Value + PublicPaths.Api;

    /// <summary>The audience of access tokens for the MCP server, which is its address (MCP 2026-07-28, Authorization).</summary>
    public string McpAudience => Value + PublicPaths.Mcp;

    /// <summary>
    /// The resources that publish metadata (RFC 9728) and for which a client may ask by <c>resource</c> (RFC 8707). The first
    /// is meant where a request names none.
    /// </summary>
    public IReadOnlyList<string> ProtectedResources { get => field ?? [TasksApiAudience, McpAudience]; init; }

    /// <summary>The audience of access tokens for AuthServer's own management API.</summary>
    public string ManagementAudience => Value + "/oauth2";
}

public static class PublicOriginExtensions
{
    /// <summary>Registers the <see cref="PublicOrigin"/>.</summary>
    /// <exception cref="InvalidOperationException">The setting is missing, or is not an http or https origin.</exception>
    public static PublicOrigin AddPublicOrigin(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var value = builder.Configuration["Taskmaster:PublicOrigin"];
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.PathAndQuery != "/")
        {
            throw new InvalidOperationException(
                $"The setting Taskmaster:PublicOrigin is '{value}'. It must be an origin such as https://tasks.example.com.");
        }

        var origin = new PublicOrigin { Uri = uri };
        builder.Services.AddSingleton(origin);
        return origin;
    }
}
