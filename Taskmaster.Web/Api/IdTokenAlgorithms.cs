namespace Taskmaster.Web.Api;

/// <summary>What an application's id_tokens can be signed with, as the management API names it and as its owner reads it.</summary>
internal static class IdTokenAlgorithms
{
    public static IEnumerable<KeyValuePair<string, string>> Options { get; } =
    [
        new("RS256", "RS256, which every library checks"),
        new("ES256", "ES256, shorter and quicker"),
    ];
}
