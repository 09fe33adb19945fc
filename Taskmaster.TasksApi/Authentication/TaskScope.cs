using Microsoft.AspNetCore.Authorization;
using OpenIddict.Abstractions;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// The token or API key has the scope. What a client that named none may do was decided when its token was granted, and is
/// written in it: nothing is allowed here because something is missing.
/// </summary>
internal sealed class TaskScope(string scope) : IAuthorizationRequirement, IAuthorizationHandler
{
    public string Scope => scope;

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.HasScope(scope))
        {
            context.Succeed(this);
        }

        return Task.CompletedTask;
    }
}
