namespace Taskmaster.Web.Pages.Docs;

internal static class DocsEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Each document as it was written, for programs that read.</summary>
    public static void MapMarkdown(this IEndpointRouteBuilder app)
    {
        foreach (var document in PublicDocs.All)
        {
            app.MapMethods(document.Address + PublicDoc.MarkdownSuffix, Methods, (PublicDocs documents) =>
                TypedResults.Text(documents.Find(document.Address)!.Markdown, "text/markdown"));
        }
    }
}
