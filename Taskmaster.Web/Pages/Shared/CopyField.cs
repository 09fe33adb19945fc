namespace Taskmaster.Web.Pages.Shared;

/// <summary>A value to take elsewhere: a read-only field and a button that copies it.</summary>
internal sealed record CopyField(string Id, string Label, string Value)
{
    /// <summary>More than one makes it a text area.</summary>
    public int Lines => Value.Count(character => character == '\n') + 1;
}
