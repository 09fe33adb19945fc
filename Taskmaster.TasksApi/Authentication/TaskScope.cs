using Microsoft.AspNetCore.Authorization;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// A token that names none of the tasks scopes may read and write, as the flow documents show; one that asked for a
/// tasks scope is held to it.
/// </summary>
internal sealed class TaskScope(string scope) : IAuthorizationRequirement, IAuthorizationHandler
{
    public string Scope => scope;

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        var user = context.User;
        if (user.HasScope(scope) || !(user.HasScope(TaskmasterScopes.TasksRead) || user.HasScope(TaskmasterScopes.TasksWrite)))
        {
            context.Succeed(this);
        }

        return Task.CompletedTask;
    }
}
