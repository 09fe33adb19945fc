namespace Taskmaster.TasksApi.Requests;

/// <summary>Of a route with a JSON body: what it is called in the API's description, and what it is made of.</summary>
internal sealed record BodyMetadata(string Name, Action<IBodyFields> Describe);
