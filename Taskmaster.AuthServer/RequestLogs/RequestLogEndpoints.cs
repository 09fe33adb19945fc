using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.RequestLogs;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>What one of the caller's applications asked for, and how it was answered.</summary>
internal static class RequestLogEndpoints
{
    public static void MapRequestLog(this IEndpointRouteBuilder api)
    {
        api.MapGet("/clients/{clientId}/requests", ListAsync);
        api.MapGet("/clients/{clientId}/request-counts", CountAsync);
    }

    private static async Task<Results<Ok<RequestLogResponse>, NotFound<Problem>>> ListAsync(
        string clientId, ClaimsPrincipal caller, ClientRegistrations registrations, RequestLogReader log,
        CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is not { } client)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        var (counts, requests) = (log.CountAsync(client.ClientId), log.ListAsync(client.ClientId));
        await Task.WhenAll(counts, requests);
        return TypedResults.Ok(new RequestLogResponse(await counts, await requests));
    }

    private static async Task<Results<Ok<RequestCounts>, NotFound<Problem>>> CountAsync(
        string clientId, ClaimsPrincipal caller, ClientRegistrations registrations, RequestLogReader log,
        CancellationToken cancellationToken) =>
        await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is { } client
            ? TypedResults.Ok(await log.CountAsync(client.ClientId))
            : TypedResults.NotFound(Problem.NotFound);
}
