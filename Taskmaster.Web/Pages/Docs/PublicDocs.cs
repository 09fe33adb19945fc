using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>The documents of the repository (<c>docs/</c>) that the site shows: what whoever writes a client needs.</summary>
internal sealed class PublicDocs(PublicOrigin origin)
{
    /// <summary>In the order in which they are listed, which is that of the links at their ends, too.</summary>
    public static IReadOnlyList<DocGroup> Groups { get; } =
    [
        new("Start",
        [
            new("getting-started.md", "/docs/getting-started", "Getting started"),
        ]),
        new("OAuth",
        [
            new("client-credentials-flow.md", "/docs/auth/client-credentials-flow", "Client credentials flow"),
            new("authorization-code-flow.md", "/docs/auth/authorization-code-flow", "Authorization code flow"),
            new("device-authorization.md", "/docs/device-authorization", "Device authorization"),
            new("pushed-authorization-requests.md", "/docs/pushed-authorization-requests", "Pushed requests"),
            new("dpop.md", "/docs/dpop", "Tokens bound to a key"),
            new("registration.md", "/docs/registration", "Registration"),
            new("oauth-endpoints.md", "/docs/oauth-endpoints", "Other endpoints"),
            new("request-log.md", "/docs/request-log", "Request log"),
        ]),
        new("API",
        [
            new("tasks-api.md", "/docs/tasks-api", "Tasks API"),
            new("api-keys.md", "/docs/api-keys", "API keys"),
            new("events.md", "/docs/events", "Events"),
            new("errors.md", "/docs/errors", "Errors"),
            new("rate-limits.md", "/docs/rate-limits", "Rate limits"),
        ]),
        new("Agents",
        [
            new("agents.md", "/docs/agents", "How an agent gets in"),
        ]),
    ];

    public static IReadOnlyList<PublicDoc> All { get; } = [.. Groups.SelectMany(group => group.Documents)];

    /// <summary>Where each is, by its file.</summary>
    public static IReadOnlyDictionary<string, string> Addresses { get; } =
        All.ToDictionary(document => document.File, document => document.Address);

    private readonly Dictionary<string, Lazy<RenderedDocument>> _documents = All.ToDictionary(
        document => document.Address,
        document => new Lazy<RenderedDocument>(() => RenderedDocument.Of(Read(document.File), origin)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where there is none.</summary>
    public RenderedDocument? Find(string address) => _documents.GetValueOrDefault(address)?.Value;

    /// <summary>The documents before and after one, as they are listed.</summary>
    public static (PublicDoc? Previous, PublicDoc? Next) Around(string address)
    {
        var at = All.Select(document => document.Address).ToList().FindIndex(
            other => other.Equals(address, StringComparison.OrdinalIgnoreCase));
        return (All.ElementAtOrDefault(at - 1), All.ElementAtOrDefault(at + 1));
    }

    private static string Read(string file)
    {
        using var stream = typeof(PublicDocs).Assembly.GetManifestResourceStream("docs/" + file)
            ?? throw new InvalidOperationException($"docs/{file} is not part of the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
