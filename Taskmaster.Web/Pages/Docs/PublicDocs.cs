using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>The documents of the repository (<c>docs/</c>) that the site shows: what whoever writes a client needs.</summary>
internal sealed class PublicDocs(PublicOrigin origin)
{
    /// <summary>Where each is, by its file.</summary>
    public static IReadOnlyDictionary<string, string> Addresses { get; } = new Dictionary<string, string>
    {
        ["client-credentials-flow.md"] = "/docs/auth/client-credentials-flow",
        ["authorization-code-flow.md"] = "/docs/auth/authorization-code-flow",
        ["oauth-endpoints.md"] = "/docs/oauth-endpoints",
        ["tasks-api.md"] = "/docs/tasks-api",
        ["rate-limits.md"] = "/docs/rate-limits",
        ["request-log.md"] = "/docs/request-log",
    };

    private readonly Dictionary<string, Lazy<RenderedDocument>> _documents = Addresses.ToDictionary(
        document => document.Value,
        document => new Lazy<RenderedDocument>(() => RenderedDocument.Of(Read(document.Key), origin)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where there is none.</summary>
    public RenderedDocument? Find(string address) => _documents.GetValueOrDefault(address)?.Value;

    private static string Read(string file)
    {
        using var stream = typeof(PublicDocs).Assembly.GetManifestResourceStream("docs/" + file)
            ?? throw new InvalidOperationException($"docs/{file} is not part of the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
