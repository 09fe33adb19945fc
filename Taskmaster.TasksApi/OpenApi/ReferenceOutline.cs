using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>
/// What the reference page shows until somebody uses it and Scalar's script has loaded, and all that it shows without JavaScript: what
/// the API is and every call by its summary. Made of the description, once.
/// </summary>
internal sealed class ReferenceOutline(ApiDocument document)
{
    public const string Style = """
        <style>
        #outline { max-width: 44rem; margin: 3rem auto; padding: 0 1.5rem; font: 1.0625rem/1.6 system-ui, sans-serif; color: #1b2030 }
        #outline button { font: inherit; padding: .5rem 1rem; border: 0; border-radius: .5rem; background: #1d4f9c; color: #fff }
        #outline code { font-size: .875em } #outline .lead { font-size: 1.25rem } #outline a { color: #1d4f9c }
        @media (prefers-color-scheme: dark) {
            html:has(#outline) { background: #0f0f0f } #outline { color: #e7e7e7 } #outline a { color: #9ec1ff }
        }
        </style>
        """;

    private readonly Lazy<Task<string>> _html = new(() => WriteAsync(document));

    /// <summary>Stands before the element that Scalar draws into; <c>reference.js</c> takes it away once something is drawn.</summary>
    public Task<string> HtmlAsync() => _html.Value;

    private static async Task<string> WriteAsync(ApiDocument document)
    {
        var root = JsonNode.Parse(await document.JsonAsync())!;
        var html = new StringBuilder("""<main id="outline"><h1>""").Append(Text(root["info"]!["title"])).Append("</h1><p class=\"lead\">")
            .Append(Text(root["info"]!["description"])).Append("</p>")
            .Append("""<p><button type="button" hidden>Open every call, to read and to try</button></p>""")
            .Append("""<noscript><p>Trying calls here needs JavaScript. <a href="/docs/tasks-api">The Tasks API</a> in words, """)
            .Append("""<a href="/api/openapi.yaml">OpenAPI</a> for programs.</p></noscript>""");
        foreach (var tag in root["tags"]!.AsArray())
        {
            html.Append("<h2>").Append(Text(tag!["description"])).Append("</h2><ul>");
            foreach (var (method, path, operation) in OperationsOf(root, tag["name"]!.GetValue<string>()))
            {
                html.Append("<li><code>").Append(method.ToUpperInvariant()).Append(' ').Append(HtmlEncoder.Default.Encode(path))
                    .Append("</code> ").Append(Text(operation["summary"])).Append("</li>");
            }

            html.Append("</ul>");
        }

        return html.Append("</main>").ToString();
    }

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> OperationsOf(JsonNode root, string tag) =>
        from path in root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Value is JsonObject && operation.Value["tags"]?.AsArray().Any(name => name!.GetValue<string>() == tag) is true
        select (operation.Key, path.Key, operation.Value);

    private static string Text(JsonNode? text) => HtmlEncoder.Default.Encode(text?.GetValue<string>() ?? "");
}
