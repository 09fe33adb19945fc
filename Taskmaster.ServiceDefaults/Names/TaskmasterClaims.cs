namespace Taskmaster.ServiceDefaults.Names;

/// <summary>Claims of an access token that AuthServer writes and the services behind it read.</summary>
public static class TaskmasterClaims
{
    /// <summary>
    /// The user whose projects and tasks the token is about: the subject itself, or for client credentials,
    /// where the subject is the client, the user who owns that client.
    /// </summary>
    public const string Owner = "owner";

    /// <summary>
    /// Who acts for the token's client, as an object with its <c>sub</c> (RFC 8693 §4.1): only tokens that were exchanged have it.
    /// </summary>
    public const string Actor = "act";

    /// <summary>
    /// Of a code or refresh token: its scopes of tasks come from the client's registration and not from the request, which
    /// named none. The answer does not name them either, and a refresh that names none keeps them. Never part of an access token.
    /// </summary>
    public const string ImpliedTasks = "implied_tasks";

    /// <summary>
    /// Of a code or refresh token of a client that a metadata document describes: the client authenticated by a key. Never part
    /// of an access token.
    /// </summary>
    public const string AuthenticatedByKey = "authenticated_by_key";

    /// <summary>The id of the API key that the caller showed instead of a token. Never part of a token.</summary>
    public const string ApiKey = "api_key";
}
