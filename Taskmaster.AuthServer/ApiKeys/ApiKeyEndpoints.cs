using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.ApiKeys;

/// <summary>The caller's own API keys. A key that is removed stops working at once: the Tasks API looks for its row.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api-keys", ListAsync);
        api.MapPost("/api-keys", CreateAsync);
        api.MapDelete("/api-keys/{id:guid}", DeleteAsync);
    }

    private static async Task<Ok<IEnumerable<ApiKeyResponse>>> ListAsync(
        ClaimsPrincipal caller, AuthDbContext database, CancellationToken cancellationToken)
    {
        var keys = await OwnedBy(caller, database).AsNoTracking().OrderBy(key => key.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(keys.Select(key => ApiKeyResponse.Of(key)));
    }

    private static async Task<Results<Created<ApiKeyResponse>, BadRequest<ValidationErrors>>> CreateAsync(
        CreateApiKeyRequest request, ClaimsPrincipal caller, AuthDbContext database, AuditTrail audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var validation = new ClientValidation();
        var name = validation.Name(request.Name, ApiKey.NameMaxLength);
        var scopes = validation.TasksScopes(request.Scopes);
        validation.ExpiresAt(request.ExpiresAt, now);
        if (await OwnedBy(caller, database).CountAsync(cancellationToken) >= ApiKey.MaxCountPerUser)
        {
            validation.Add("name", $"You can have {ApiKey.MaxCountPerUser} API keys or less");
        }

        if (validation.Errors is { } errors)
        {
            return TypedResults.BadRequest(errors);
        }

        var key = ApiKey.Generate(caller.OwnerId(), name, scopes, now, request.ExpiresAt?.ToUniversalTime(), out var value);
        database.ApiKeys.Add(key);
        audit.Add(AuditEventType.ApiKeyCreated, key.UserId, details: key.Name);
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.Created((string?)null, ApiKeyResponse.Of(key, value));
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> DeleteAsync(
        Guid id, ClaimsPrincipal caller, AuthDbContext database, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await OwnedBy(caller, database).SingleOrDefaultAsync(key => key.Id == id, cancellationToken) is not { } found)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        database.ApiKeys.Remove(found);
        audit.Add(AuditEventType.ApiKeyDeleted, found.UserId, details: found.Name);
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static IQueryable<ApiKey> OwnedBy(ClaimsPrincipal caller, AuthDbContext database)
    {
        var userId = caller.OwnerId();
        return database.ApiKeys.Where(key => key.UserId == userId);
    }
}
