namespace Taskmaster.Web.Pages.Docs;

/// <summary>Documents under one heading of the list.</summary>
internal sealed record DocGroup(string Name, IReadOnlyList<PublicDoc> Documents);
