namespace Taskmaster.Web.Pages.Docs;

/// <summary>A document of the repository that the site shows.</summary>
/// <param name="File">Its name in <c>docs/</c>.</param>
/// <param name="Address">Where it is on the site; with <see cref="MarkdownSuffix"/> behind it as it was written.</param>
/// <param name="Label">What the list of documents calls it.</param>
internal sealed record PublicDoc(string File, string Address, string Label)
{
    public const string MarkdownSuffix = ".md";
}
