using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Clients;

/// <summary>The secrets of one of the caller's applications. Several may live at once, so that rotating one needs no outage.</summary>
internal static class SecretEndpoints
{
    public static void MapSecrets(this IEndpointRouteBuilder api)
    {
        api.MapPost("/clients/{clientId}/secrets", CreateAsync);
        api.MapPost("/clients/{clientId}/secrets/roll", RollAsync);
        api.MapPatch("/clients/{clientId}/secrets/{secretId:guid}", UpdateAsync);
        api.MapDelete("/clients/{clientId}/secrets/{secretId:guid}", DeleteAsync);
    }

    private static async Task<Results<Created<SecretResponse>, NotFound<Problem>, BadRequest<ValidationErrors>>> CreateAsync(
        string clientId, CreateSecretRequest request, ClaimsPrincipal caller, ClientRegistrations registrations, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is not { IsPublic: false } client)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        var now = clock.GetUtcNow();
        var validation = new ClientValidation();
        var name = validation.Name(request.Name, ClientSecret.NameMaxLength);
        validation.ExpiresAt(request.ExpiresAt, now);
        if (client.Secrets.Count >= Client.SecretsMaxCount)
        {
            validation.Add("name", $"An application can have {Client.SecretsMaxCount} secrets or less");
        }

        if (validation.Errors is { } errors)
        {
            return TypedResults.BadRequest(errors);
        }

        var secret = ClientSecret.Generate(client, name, now, request.ExpiresAt?.ToUniversalTime(), out var value);
        client.Add(secret);
        await registrations.SaveAsync(client, AuditEventType.SecretCreated, secret.Name, cancellationToken);
        return TypedResults.Created($"/clients/{client.ClientId}/secrets/{secret.Id:D}", SecretResponse.Of(secret, value));
    }

    private static async Task<Results<Created<SecretResponse>, NotFound<Problem>, BadRequest<ValidationErrors>>> RollAsync(
        string clientId, RollSecretRequest request, ClaimsPrincipal caller, ClientRegistrations registrations, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is not { IsPublic: false } client)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        var now = clock.GetUtcNow();
        var validation = new ClientValidation();
        var overlap = validation.Overlap(request.Overlap);
        if (client.Secrets.Count(secret => secret.IsLive(now)) >= Client.SecretsMaxCount)
        {
            validation.Add("overlap", $"An application can have {Client.SecretsMaxCount} secrets or less");
        }

        if (validation.Errors is { } errors)
        {
            return TypedResults.BadRequest(errors);
        }

        // What has expired opens nothing, and would fill the list of whoever rolls often.
        await registrations.ForgetExpiredSecretsAsync(client, now, cancellationToken);
        var rolled = client.Roll(string.Create(CultureInfo.InvariantCulture, $"Rolled {now:yyyy-MM-dd}"), overlap, now, out var value);
        await registrations.SaveAsync(client, AuditEventType.SecretRolled, rolled.Name, cancellationToken);
        return TypedResults.Created($"/clients/{client.ClientId}/secrets/{rolled.Id:D}", SecretResponse.Of(rolled, value));
    }

    private static async Task<Results<Ok<SecretResponse>, NotFound<Problem>, BadRequest<ValidationErrors>>> UpdateAsync(
        string clientId, Guid secretId, UpdateSecretRequest request, ClaimsPrincipal caller, ClientRegistrations registrations,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var client = await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken);
        if (client?.Secrets.SingleOrDefault(row => row.Id == secretId) is not { } secret)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        var validation = new ClientValidation();
        validation.ExpiresAt(request.ExpiresAt, clock.GetUtcNow());
        if (validation.Errors is { } errors)
        {
            return TypedResults.BadRequest(errors);
        }

        secret.ExpireAt(request.ExpiresAt?.ToUniversalTime());
        await registrations.SaveAsync(client, AuditEventType.SecretChanged, secret.Name, cancellationToken);
        return TypedResults.Ok(SecretResponse.Of(secret));
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> DeleteAsync(
        string clientId, Guid secretId, ClaimsPrincipal caller, ClientRegistrations registrations, CancellationToken cancellationToken)
    {
        var client = await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken);
        if (client?.Secrets.SingleOrDefault(row => row.Id == secretId) is not { } secret)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        client.Remove(secret);
        await registrations.SaveAsync(client, AuditEventType.SecretDeleted, secret.Name, cancellationToken);
        return TypedResults.NoContent();
    }
}
