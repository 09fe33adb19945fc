namespace Taskmaster.Web.Api;

/// <summary>What one task can be to another, as the API spells it and as people read it, from either side.</summary>
internal static class RelationshipTypes
{
    public const string Blocks = "blocks";
    public const string RelatesTo = "relates_to";
    public const string Duplicates = "duplicates";

    public static IReadOnlyList<string> All { get; } = [Blocks, RelatesTo, Duplicates];

    /// <summary>What the task that has it is to the other.</summary>
    public static string Text(string type) => type switch
    {
        Blocks => "Blocks",
        RelatesTo => "Relates to",
        Duplicates => "Duplicates",
        _ => type,
    };

    /// <summary>Of the two tasks, as the page of one says it.</summary>
    public static string Text(RelatedTask related) => (related.RelationshipType, related.Direction) switch
    {
        (Blocks, "incoming") => "Blocked by",
        (Duplicates, "incoming") => "Duplicated by",
        var (type, _) => Text(type),
    };
}
