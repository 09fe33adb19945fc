namespace Taskmaster.AuthServer.Protocol;

/// <summary>What is wrong with a request to the management API, by the name of the field.</summary>
internal sealed record ValidationErrors(string Message, IReadOnlyDictionary<string, string[]> Errors);
