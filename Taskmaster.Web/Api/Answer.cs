using System.Net;

namespace Taskmaster.Web.Api;

/// <summary>What a service answered: a value, or why there is none.</summary>
internal sealed record Answer<T>(T? Value, Refusal? Refusal) where T : class
{
    /// <summary>The entity tag of the state that <see cref="Value"/> is (RFC 9110 §8.8.3); null where the service gives none.</summary>
    public string? Version { get; init; }
}

/// <summary>A service's 400, 404 or 412: a message, and per field what is wrong with it.</summary>
internal sealed record Refusal(HttpStatusCode Status, string Message, IReadOnlyDictionary<string, string[]> Errors)
{
    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    /// <summary>It was changed after the user saw it, and nothing was written.</summary>
    public bool IsStale => Status == HttpStatusCode.PreconditionFailed;
}
