namespace Taskmaster.Web.Api;

/// <summary>How long the old secrets go on working beside a new one, as the management API names it and as an owner reads it.</summary>
internal static class SecretOverlap
{
    public const string Day = "day";

    public static IEnumerable<KeyValuePair<string, string>> Options { get; } =
    [
        new("none", "No longer: end them now"),
        new("hour", "For 1 hour"),
        new(Day, "For 1 day"),
        new("week", "For 7 days"),
    ];
}
