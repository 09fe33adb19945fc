using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Consents;

/// <summary>Describes to the user what each scope permits, in the order of the consent page.</summary>
internal static class ScopeWords
{
    private static readonly (string Scope, string Words)[] All =
    [
        (Scopes.OpenId, "Know who you are when you sign in to it"),
        (Scopes.Profile, "See your name"),
        (Scopes.Email, "See your e-mail address"),
        (TaskmasterScopes.TasksRead, "See your projects and tasks"),
        (TaskmasterScopes.TasksWrite, "Create, change and delete your projects and tasks"),
        (Scopes.OfflineAccess, "Keep this access while you are not using it"),
    ];

    public static IEnumerable<(string Scope, string Words)> For(IReadOnlyCollection<string> scopes) =>
        All.Where(entry => scopes.Contains(entry.Scope));
}
