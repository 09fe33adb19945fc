using Microsoft.AspNetCore.Authorization;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>The caller acts for a user who is an admin (<see cref="AdminOptions"/>).</summary>
internal sealed class AdminRole : IAuthorizationRequirement
{
    internal sealed class Handler(AdminOptions admins) : AuthorizationHandler<AdminRole>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AdminRole requirement)
        {
            if (Caller.From(context.User) is { } caller && admins.UserIds.Contains(caller.Owner))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
