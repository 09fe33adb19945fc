namespace Taskmaster.TasksApi.Answers;

/// <summary>
/// What the API's description says of a field of a resource. It stands beside the field, so that a field without it is seen at
/// once: the description is not made then.
/// </summary>
/// <param name="text">What the field means.</param>
/// <param name="example">Its value in the example of the resource.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldAttribute(string text, string example) : Attribute
{
    public string Text => text;

    public string Example => example;

    /// <summary>In characters; 0 where the field is no text of the caller's.</summary>
    public int MaxLength { get; init; }
}
