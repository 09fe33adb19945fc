namespace Taskmaster.Web.Pages.Shared;

/// <summary>A value to take elsewhere: a read-only field and a button that copies it.</summary>
internal sealed record CopyField(string Id, string Label, string Value);
