using System.Net;

namespace Taskmaster.Web.Api;

/// <summary>What a service answered: a value, or why there is none.</summary>
internal sealed record Answer<T>(T? Value, Refusal? Refusal) where T : class;

/// <summary>A service's 400 or 404: a message, and per field what is wrong with it.</summary>
internal sealed record Refusal(HttpStatusCode Status, string Message, IReadOnlyDictionary<string, string[]> Errors)
{
    public bool IsNotFound => Status == HttpStatusCode.NotFound;
}
