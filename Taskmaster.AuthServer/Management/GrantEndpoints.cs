using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Management;

/// <summary>The applications the caller has let in, for the Account page.</summary>
internal static class GrantEndpoints
{
    public static void MapGrants(this IEndpointRouteBuilder api)
    {
        api.MapGet("/grants", ListAsync);
        api.MapDelete("/grants/{clientId}", DeleteAsync);
    }

    private static async Task<Ok<IEnumerable<GrantResponse>>> ListAsync(ClaimsPrincipal caller, AuthDbContext database, CancellationToken cancellationToken)
    {
        var userId = caller.OwnerId();
        var consents = await database.Consents
            .Where(consent => consent.UserId == userId)
            .Join(database.Clients, consent => consent.ClientId, client => client.Id, (consent, client) => new { client.ClientId, client.Name, consent.Scopes, consent.GrantedAt })
            .OrderBy(row => row.Name)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(consents.Select(row => new GrantResponse(row.ClientId, row.Name, row.Scopes, row.GrantedAt.UtcDateTime)));
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> DeleteAsync(
        string clientId, ClaimsPrincipal caller, AuthDbContext database, IOpenIddictTokenManager tokens, CancellationToken cancellationToken)
    {
        var userId = caller.OwnerId();
        var consent = await database.Consents
            .SingleOrDefaultAsync(row => row.UserId == userId && database.Clients.Any(client => client.Id == row.ClientId && client.ClientId == clientId), cancellationToken);
        if (consent is null)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        // The tokens first: if Redis is away, the consent is still listed and can be taken back again.
        await tokens.RevokeAsync(userId.ToString("D"), consent.ClientId.ToString("D"), status: null, type: null, cancellationToken);
        database.Consents.Remove(consent);
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
