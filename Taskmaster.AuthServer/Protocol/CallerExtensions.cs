using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Protocol;

internal static class CallerExtensions
{
    /// <summary>The user whose token the caller presents; the policy <see cref="ManagementApi.Policy"/> lets nobody else in.</summary>
    public static Guid OwnerId(this ClaimsPrincipal caller) => Guid.Parse(caller.GetClaim(TaskmasterClaims.Owner)!);
}
