namespace Taskmaster.Web.Pages.Shared;

/// <summary>One labelled text field of a form; <c>_Field.cshtml</c> renders it with its errors.</summary>
internal sealed record Field(string Name, string Label, string? Value)
{
    public string Type { get; init; } = "text";

    public string? Hint { get; init; }

    /// <summary>An example of what to type, where there is no room for a hint.</summary>
    public string? Placeholder { get; init; }

    public int? MaxLength { get; init; }

    public bool Required { get; init; }

    /// <summary>More than one makes it a text area.</summary>
    public int Lines { get; init; } = 1;
}
