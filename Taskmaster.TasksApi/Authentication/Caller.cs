using System.Security.Claims;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>Whose projects and tasks a request is about. Every query names it.</summary>
internal readonly record struct Caller(Guid Owner)
{
    public static Caller? From(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirst(TaskmasterClaims.Owner)?.Value, out var owner) ? new Caller(owner) : null;

    /// <summary>Behind the policy of the routes, which lets nobody through without the claim.</summary>
    public static Caller Of(ClaimsPrincipal user) =>
        From(user) ?? throw new InvalidOperationException("A route that needs a caller was reached without one.");

    /// <summary>Found by minimal APIs.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));
}
