namespace Taskmaster.ServiceDefaults;

/// <summary>Claims of an access token that AuthServer writes and the services behind it read.</summary>
public static class TaskmasterClaims
{
    /// <summary>
    /// The user whose projects and tasks the token is about: the subject itself, or for client credentials,
    /// where the subject is the client, the user who owns that client.
    /// </summary>
    public const string Owner = "owner";

    /// <summary>The id of the API key that the caller showed instead of a token. Never part of a token.</summary>
    public const string ApiKey = "api_key";
}
