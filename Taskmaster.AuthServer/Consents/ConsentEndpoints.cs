using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Consents;

/// <summary>
/// The consents of the caller, for the Account page of Web; and of an application of theirs how many people have let it in, for its page.
/// </summary>
internal static class ConsentEndpoints
{
    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/consents", ListAsync);
        api.MapGet("/clients/{clientId}/consents", CountAsync);
        api.MapDelete("/consents", DeleteAllAsync);
        api.MapDelete("/consents/{clientId}", DeleteAsync);
    }

    private static async Task<Ok<IEnumerable<ConsentResponse>>> ListAsync(
        ClaimsPrincipal caller, AuthDbContext database, CancellationToken cancellationToken)
    {
        var consents = await OfCaller(caller, database)
            .Select(row => new
            {
                row.ClientId,
                row.Name,
                row.HasDocument,
                row.Consent.Scopes,
                row.Consent.GrantedAt,
                row.Consent.LastUsedAt,
            })
            .OrderBy(row => row.Name)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(consents.Select(row =>
            new ConsentResponse(
                row.ClientId,
                row.Name,
                row.HasDocument ? new Uri(row.ClientId).Authority : null,
                row.Scopes,
                row.GrantedAt.UtcDateTime,
                row.LastUsedAt?.UtcDateTime)));
    }

    private static async Task<Results<Ok<ConsentCount>, NotFound<Problem>>> CountAsync(
        string clientId, ClaimsPrincipal caller, AuthDbContext database, CancellationToken cancellationToken)
    {
        var ownerId = caller.OwnerId();
        var found = await database.Clients
            .Where(client => client.ClientId == clientId && client.OwnerId == ownerId)
            .Select(client => new ConsentCount(database.Set<Consent>().Count(consent => consent.ClientId == client.Id)))
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? TypedResults.NotFound(Problem.NotFound) : TypedResults.Ok(found);
    }

    private static async Task<NoContent> DeleteAllAsync(
        ClaimsPrincipal caller, AuthDbContext database, IOpenIddictTokenManager tokens, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        foreach (var row in await OfCaller(caller, database).ToListAsync(cancellationToken))
        {
            await DisconnectAsync(row, database, tokens, audit, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> DeleteAsync(
        string clientId, ClaimsPrincipal caller, AuthDbContext database, IOpenIddictTokenManager tokens, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        // A client_id may be an address; of an escaped path only the slashes arrive escaped, and no such client_id has one.
        var unescaped = clientId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var rows = OfCaller(caller, database).Where(row => row.ClientId == unescaped);
        if (await rows.SingleOrDefaultAsync(cancellationToken) is not { } consent)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        await DisconnectAsync(consent, database, tokens, audit, cancellationToken);
        return TypedResults.NoContent();
    }

    // Revokes the tokens first: if Redis cannot be reached, the consent is still listed and can be withdrawn again.
    private static async Task DisconnectAsync(
        ClientConsent row, AuthDbContext database, IOpenIddictTokenManager tokens, AuditTrail audit, CancellationToken cancellationToken)
    {
        var consent = row.Consent;
        await tokens.RevokeAsync(
            consent.UserId.ToString("D"), consent.ClientId.ToString("D"), status: null, type: null, cancellationToken);
        database.Consents.Remove(consent);
        audit.Add(AuditEventType.ClientDisconnected, consent.UserId, row.ClientId, row.Name);
        await database.SaveChangesAsync(cancellationToken);
    }

    private static IQueryable<ClientConsent> OfCaller(ClaimsPrincipal caller, AuthDbContext database)
    {
        var userId = caller.OwnerId();
        return database.Consents
            .Where(consent => consent.UserId == userId)
            .Join(database.Clients, consent => consent.ClientId, client => client.Id, (consent, client) => new ClientConsent
            {
                Consent = consent,
                ClientId = client.ClientId,
                Name = client.Name,
                HasDocument = client.DocumentFetchedAt != null,
            });
    }

    private sealed class ClientConsent
    {
        public required Consent Consent { get; init; }

        public required string ClientId { get; init; }

        public required string Name { get; init; }

        public required bool HasDocument { get; init; }
    }
}
