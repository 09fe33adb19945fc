namespace Taskmaster.Web.Pages.Developer;

/// <summary>How long ago something was, as one says it.</summary>
internal static class Elapsed
{
    public static string Words(TimeSpan elapsed) => elapsed switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => Ago((int)elapsed.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Ago((int)elapsed.TotalHours, "hour"),
        _ => Ago((int)elapsed.TotalDays, "day"),
    };

    private static string Ago(int count, string unit) => $"{count} {unit}{(count == 1 ? "" : "s")} ago";
}
