using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Web.Snippets;

/// <summary>What a program calls the API with.</summary>
/// <param name="Origin">The public origin, without a trailing slash.</param>
/// <param name="ClientId">Of the client that gets a token by client credentials; null where the secret is an API key.</param>
/// <param name="Secret">The client's secret, or the API key.</param>
/// <param name="MayRead">Whether it may see tasks.</param>
/// <param name="MayWrite">Whether it may create them.</param>
internal sealed record ApiAccess(string Origin, string? ClientId, string Secret, bool MayRead, bool MayWrite)
{
    public static ApiAccess OfApiKey(string origin, string key, IReadOnlyList<string> scopes) => new(
        origin, ClientId: null, key, scopes.Contains(TaskmasterScopes.TasksRead), scopes.Contains(TaskmasterScopes.TasksWrite));
}
