namespace Taskmaster.Web.Pages.Docs;

/// <summary>What stands below a heading of a document, up to the next.</summary>
/// <param name="Id">Of the heading; empty for what stands below the document's title.</param>
/// <param name="Level">Of the heading; 1 for the title.</param>
/// <param name="Heading">In plain words.</param>
/// <param name="Text">What is read there, code included, without its marks.</param>
internal sealed record DocSection(string Id, int Level, string Heading, string Text);
