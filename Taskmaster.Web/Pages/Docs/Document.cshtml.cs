using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>One of <see cref="PublicDocs"/>, each of which has a route of its own.</summary>
internal sealed class DocumentModel(PublicDocs documents, ManagementClient management) : PageModel
{
    /// <summary>In the examples, as the documents have them and as they come out of Markdown.</summary>
    private static readonly string[] Placeholders = ["your_client_id", "&lt;YOUR_CLIENT_ID&gt;"];

    public RenderedDocument Shown { get; private set; } = null!;

    /// <summary>The reader's own application that the examples are about; null where they are about nobody's.</summary>
    public Client? Own { get; private set; }

    public string Html { get; private set; } = "";

    /// <summary>What the list of documents shows of the one that is open.</summary>
    public IReadOnlyList<DocSection> Headings => [.. Shown.Sections.Where(section => section.Level == 2)];

    public (PublicDoc? Previous, PublicDoc? Next) Around => PublicDocs.Around(Address);

    public string MarkdownAddress => Address + PublicDoc.MarkdownSuffix;

    private string Address => Request.Path.Value!.TrimEnd('/');

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (documents.Find(Address) is not { } document)
        {
            return NotFound();
        }

        (Shown, Html) = (document, document.Html);
        if (User.Identity?.IsAuthenticated is true
            && Array.Exists(Placeholders, name => document.Html.Contains(name, StringComparison.Ordinal))
            && await OwnApplicationAsync(cancellationToken) is { } own)
        {
            Own = own;
            Response.Headers.CacheControl = "no-store";
            foreach (var placeholder in Placeholders)
            {
                Html = Html.Replace(placeholder, HtmlEncoder.Default.Encode(own.ClientId), StringComparison.Ordinal);
            }
        }

        return Page();
    }

    /// <summary>The newest that has a secret, as the examples do. Documents can be read whatever is away.</summary>
    private async Task<Client?> OwnApplicationAsync(CancellationToken cancellationToken)
    {
        try
        {
            var clients = await management.ListClientsAsync(cancellationToken);
            return clients.Where(client => !client.IsPublic).MaxBy(client => client.CreatedAt);
        }
        catch (Exception exception) when (exception is ServiceUnavailableException or TooManyRequestsException)
        {
            return null;
        }
    }
}
