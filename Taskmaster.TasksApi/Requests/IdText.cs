namespace Taskmaster.TasksApi.Requests;

/// <summary>An id as it is written: a UUID with its hyphens (RFC 9562 §4), and nothing around it, where .NET takes white space.</summary>
internal static class IdText
{
    private const int Length = 36;

    public static bool TryParse(string? text, out Guid id)
    {
        id = Guid.Empty;
        return text is { Length: Length } && Guid.TryParseExact(text, "D", out id);
    }
}
