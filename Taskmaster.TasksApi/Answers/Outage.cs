using System.Text.Json.Serialization;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.Answers;

/// <summary>A store that does not answer, as an RFC 9457 problem. It is never an answer about the token or the data.</summary>
internal sealed record Outage(string Type, string Title, int Status, string Detail)
{
    /// <summary>The resource that is away; for the log only.</summary>
    [JsonIgnore]
    public string Store { get; private init; } = string.Empty;

    /// <summary>Seconds; a store that restarts is back within a few.</summary>
    public const string RetryAfter = "2";

    private Outage(string detail)
        : this("about:blank", "Service Unavailable", StatusCodes.Status503ServiceUnavailable, detail)
    {
    }

    private static readonly Outage Tokens = new(
        "The token store cannot be reached, so the access token cannot be checked. Try again.")
    { Store = ResourceNames.Redis };
    private static readonly Outage Keys = new(
        "The API keys' database cannot be reached, so the API key cannot be checked. Try again.")
    { Store = ResourceNames.AuthDb };
    private static readonly Outage Tasks = new("The tasks database cannot be reached. Try again.") { Store = ResourceNames.TasksDb };

    /// <summary>The outage behind an exception; null when it is a bug.</summary>
    public static Outage? Behind(Exception? exception) => StoreOutage.ResourceOf(exception, ResourceNames.TasksDb) switch
    {
        null => null,
        ResourceNames.Redis => Tokens,
        ResourceNames.AuthDb => Keys,
        _ => Tasks,
    };
}
