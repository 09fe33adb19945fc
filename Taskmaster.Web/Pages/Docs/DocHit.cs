namespace Taskmaster.Web.Pages.Docs;

/// <summary>A section in which something was found.</summary>
/// <param name="Address">Of the section.</param>
/// <param name="Document">The title of its document.</param>
/// <param name="Heading">Null where the document's own beginning was found.</param>
/// <param name="Excerpt">Some of its text, in pieces; every second one is a word that was looked for.</param>
internal sealed record DocHit(string Address, string Document, string? Heading, IReadOnlyList<string> Excerpt);
