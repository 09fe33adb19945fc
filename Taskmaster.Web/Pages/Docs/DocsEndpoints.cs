using System.Text;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>The documents for programs that read.</summary>
internal static class DocsEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapMarkdown(this IEndpointRouteBuilder app)
    {
        // Each as it was written.
        foreach (var document in PublicDocs.All)
        {
            app.MapMethods(document.Address + PublicDoc.MarkdownSuffix, Methods, (PublicDocs documents) =>
                TypedResults.Text(documents.Find(document.Address)!.Markdown, "text/markdown", Encoding.UTF8));
        }

        // And a list of them, where agents look for one (llmstxt.org).
        app.MapMethods("/llms.txt", Methods, (PublicDocs documents, PublicOrigin origin) =>
            TypedResults.Text(ListOf(documents, origin), "text/plain", Encoding.UTF8));
    }

    private static string ListOf(PublicDocs documents, PublicOrigin origin)
    {
        var list = new StringBuilder("# Taskmaster\n\n> Projects and tasks, for people and, through an API with OAuth 2.0, for their programs.\n");
        foreach (var group in PublicDocs.Groups)
        {
            list.Append('\n').Append("## ").Append(group.Name).Append("\n\n");
            foreach (var document in group.Documents)
            {
                var rendered = documents.Find(document.Address)!;
                list.Append("- [").Append(rendered.Title).Append("](").Append(origin.Value).Append(document.Address)
                    .Append(PublicDoc.MarkdownSuffix).Append("): ").Append(rendered.Description).Append('\n');
            }
        }

        return list.ToString();
    }
}
