using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.AccountActivity;

/// <summary>The caller's own part of the audit trail, to read.</summary>
internal static class AuditEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 200;

    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", ListAsync);

    /// <summary>Newest first; <paramref name="before"/> is the <c>next</c> of the page before.</summary>
    private static async Task<Ok<AuditPageResponse>> ListAsync(
        Guid? before, int? limit, ClaimsPrincipal caller, AuthDbContext database, CancellationToken cancellationToken)
    {
        var (userId, count) = (caller.OwnerId(), Math.Clamp(limit ?? DefaultLimit, 1, MaximumLimit));
        var events = await database.AuditEvents.AsNoTracking()
            .Where(row => row.UserId == userId && (before == null || row.Id < before))
            .OrderByDescending(row => row.Id)
            .Take(count + 1)
            .LeftJoin(database.Clients, row => row.ClientId, client => client.ClientId, (row, client) => new { Row = row, client!.Name })
            .OrderByDescending(found => found.Row.Id)
            .ToListAsync(cancellationToken);
        var page = events.Take(count).Select(found => AuditEventResponse.Of(found.Row, found.Name)).ToList();
        return TypedResults.Ok(new AuditPageResponse(page, events.Count > count ? page[^1].Id : null));
    }
}
