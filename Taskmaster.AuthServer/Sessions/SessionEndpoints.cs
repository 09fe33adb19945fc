using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Sessions;

/// <summary>The browsers the caller is signed in with.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", ListAsync);
        api.MapDelete("/sessions", DeleteOthersAsync);
        api.MapDelete("/sessions/{id:guid}", DeleteAsync);
    }

    private static async Task<Ok<IEnumerable<SessionResponse>>> ListAsync(
        ClaimsPrincipal caller, SessionRecords sessions, CancellationToken cancellationToken)
    {
        var current = await sessions.WithGrantAsync(caller.GetAuthorizationId(), cancellationToken);
        return TypedResults.Ok((await sessions.ListAsync(caller.OwnerId(), cancellationToken))
            .Select(session => SessionResponse.Of(session, current)));
    }

    /// <summary>All but the one in which the caller's token was issued.</summary>
    private static async Task<NoContent> DeleteOthersAsync(
        ClaimsPrincipal caller, SessionRecords sessions, CancellationToken cancellationToken)
    {
        var (userId, current) = (caller.OwnerId(), await sessions.WithGrantAsync(caller.GetAuthorizationId(), cancellationToken));
        await sessions.EndAsync(session => session.UserId == userId && session.Id != current, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> DeleteAsync(
        Guid id, ClaimsPrincipal caller, SessionRecords sessions, CancellationToken cancellationToken)
    {
        var userId = caller.OwnerId();
        return await sessions.EndAsync(session => session.UserId == userId && session.Id == id, cancellationToken) == 1
            ? TypedResults.NoContent()
            : TypedResults.NotFound(Problem.NotFound);
    }
}
