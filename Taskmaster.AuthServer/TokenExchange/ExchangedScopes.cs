using System.Security.Claims;
using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.TokenExchange;

internal static class ExchangedScopes
{
    /// <summary>
    /// The scopes of tasks that <paramref name="subject"/> has, that its client may still have and, if
    /// <paramref name="named"/> has any, that are named there.
    /// </summary>
    public static IReadOnlyList<string> Of(ClaimsPrincipal subject, Client client, IReadOnlyCollection<string> named) =>
        [.. GrantedScopes.Of(subject).Within(client, named).Scopes.Where(TaskmasterScopes.IsOfTasks)];
}
