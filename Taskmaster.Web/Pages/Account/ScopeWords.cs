namespace Taskmaster.Web.Pages.Account;

/// <summary>What an application may do, as the consent page said it.</summary>
internal static class ScopeWords
{
    public static IEnumerable<string> For(IEnumerable<string> scopes) => scopes.Select(scope => scope switch
    {
        "openid" => "Know who you are",
        "profile" => "See your name",
        "email" => "See your e-mail address",
        "tasks:read" => "See your projects and tasks",
        "tasks:write" => "Create, change and delete them",
        "offline_access" => "Keep access while you are away",
        _ => scope,
    });
}
