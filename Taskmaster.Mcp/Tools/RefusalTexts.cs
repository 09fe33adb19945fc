using System.Globalization;
using System.Net;
using Taskmaster.Mcp.Api;

namespace Taskmaster.Mcp.Tools;

/// <summary>What an agent is told of a call that did not succeed: what was wrong, and what to do about it.</summary>
internal static class RefusalTexts
{
    public static string Of(ApiRefusalException refusal) => refusal.Status switch
    {
        HttpStatusCode.NotFound => "There is nothing with this id among the user's. list_tasks, search_tasks and list_projects give ids.",
        HttpStatusCode.PreconditionFailed =>
            "Somebody changed the task since you read it, and nothing was done. Read it again with get_task, decide anew, and use its new version.",
        HttpStatusCode.Unauthorized => "The user ended your access. Ask the user to connect you again.",
        // The API's texts name their fields.
        _ when refusal.Errors.Count > 0 => string.Join(' ', refusal.Errors.SelectMany(field => field.Value).Select(text => text + ".")),
        _ => refusal.Message + ".",
    };

    public static string Of(ApiUnavailableException outage)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(outage.RetryAfter.TotalSeconds));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(outage.IsRateLimit ? "Too many requests" : "Taskmaster is not available at the moment")}. Try again in {seconds} s.");
    }
}
