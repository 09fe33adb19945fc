using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Web.Pages.Account;

/// <summary>What an application may do, in fewer words than the consent page has.</summary>
internal static class ScopeWords
{
    public static IEnumerable<string> For(IEnumerable<string> scopes) => scopes.Select(scope => scope switch
    {
        OpenIdConnectScope.OpenId => "Know who you are",
        OpenIdConnectScope.Profile => "See your name",
        OpenIdConnectScope.Email => "See your e-mail address",
        TaskmasterScopes.TasksRead => "See your projects and tasks",
        TaskmasterScopes.TasksWrite => "Create, change and delete them",
        OpenIdConnectScope.OfflineAccess => "Keep access while you are away",
        _ => scope,
    });
}
