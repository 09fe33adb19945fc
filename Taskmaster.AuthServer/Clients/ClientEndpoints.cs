using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Clients;

/// <summary>The caller's own applications, for the Developer page.</summary>
internal static class ClientEndpoints
{
    public static void MapClients(this IEndpointRouteBuilder api)
    {
        api.MapGet("/clients", ListAsync);
        api.MapPost("/clients", CreateAsync);
        api.MapGet("/clients/{clientId}", GetAsync);
        api.MapPut("/clients/{clientId}", UpdateAsync);
        api.MapDelete("/clients/{clientId}", DeleteAsync);
        api.MapPost("/clients/{clientId}/disable", DisableAsync);
        api.MapPost("/clients/{clientId}/enable", EnableAsync);
    }

    private static async Task<Ok<IEnumerable<ClientResponse>>> ListAsync(
        ClaimsPrincipal caller, ClientRegistrations registrations, CancellationToken cancellationToken) =>
        TypedResults.Ok((await registrations.ListAsync(caller.OwnerId(), cancellationToken)).Select(client => ClientResponse.Of(client)));

    private static async Task<Results<Created<ClientResponse>, BadRequest<ValidationErrors>>> CreateAsync(
        CreateClientRequest request, ClaimsPrincipal caller, ClientRegistrations registrations, IOptions<PrivateUseSchemes> schemes,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var validation = new ClientValidation();
        var name = validation.Name(request.Name);
        var isPublic = validation.IsPublic(request.ClientType);
        var redirectUris = validation.RedirectUris(request.RedirectUris, isPublic, schemes.Value);
        validation.TasksAccess(request.TasksAccess);
        validation.IdTokenAlgorithm(request.IdTokenSignedResponseAlg);
        var postLogoutRedirectUris = validation.PostLogoutRedirectUris(request.PostLogoutRedirectUris, isPublic, schemes.Value);
        var clientUri = validation.Link("client_uri", request.ClientUri);
        var policyUri = validation.Link("policy_uri", request.PolicyUri);
        if (validation.Errors is { } errors)
        {
            return TypedResults.BadRequest(errors);
        }

        var now = clock.GetUtcNow();
        var client = Client.Register(name, caller.OwnerId(), isPublic, request.RequirePkce ?? false, redirectUris, now);
        client.AllowTasks(request.TasksAccess ?? TasksAccess.ReadWrite);
        client.DemandDpop(request.RequireDpop ?? false);
        client.SignIdTokensWith(request.IdTokenSignedResponseAlg ?? IdTokenAlgorithms.Default);
        client.ReturnAfterSignOutTo(postLogoutRedirectUris);
        client.LinkTo(clientUri, policyUri);
        string? secret = null;
        if (!isPublic)
        {
            client.Add(ClientSecret.Generate(client, "First secret", now, expiresAt: null, out secret));
        }

        await registrations.AddAsync(client, cancellationToken);
        return TypedResults.Created($"/clients/{client.ClientId}", ClientResponse.Of(client, secret));
    }

    private static async Task<Results<Ok<ClientResponse>, NotFound<Problem>>> GetAsync(
        string clientId, ClaimsPrincipal caller, ClientRegistrations registrations, CancellationToken cancellationToken) =>
        await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is { } client
            ? TypedResults.Ok(ClientResponse.Of(client))
            : TypedResults.NotFound(Problem.NotFound);

    private static async Task<Results<Ok<ClientResponse>, NotFound<Problem>, BadRequest<ValidationErrors>>> UpdateAsync(
        string clientId, UpdateClientRequest request, ClaimsPrincipal caller, ClientRegistrations registrations,
        IOptions<PrivateUseSchemes> schemes, CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is not { } client)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        var validation = new ClientValidation();
        var name = request.Name is null ? client.Name : validation.Name(request.Name);
        var redirectUris = request.RedirectUris is null
            ? client.RedirectUris
            : validation.RedirectUris(request.RedirectUris, client.IsPublic, schemes.Value);
        validation.TasksAccess(request.TasksAccess);
        validation.IdTokenAlgorithm(request.IdTokenSignedResponseAlg);
        var postLogoutRedirectUris = request.PostLogoutRedirectUris is null
            ? client.PostLogoutRedirectUris
            : validation.PostLogoutRedirectUris(request.PostLogoutRedirectUris, client.IsPublic, schemes.Value);
        var clientUri = request.ClientUri is null ? client.ClientUri : validation.Link("client_uri", request.ClientUri);
        var policyUri = request.PolicyUri is null ? client.PolicyUri : validation.Link("policy_uri", request.PolicyUri);
        if (validation.Errors is { } errors)
        {
            return TypedResults.BadRequest(errors);
        }

        client.Rename(name);
        client.ReturnTo(redirectUris);
        client.ReturnAfterSignOutTo(postLogoutRedirectUris);
        client.LinkTo(clientUri, policyUri);
        client.DemandPkce(request.RequirePkce ?? client.RequirePkce);
        client.DemandDpop(request.RequireDpop ?? client.RequireDpop);
        client.SignIdTokensWith(request.IdTokenSignedResponseAlg ?? client.IdTokenAlgorithm);
        client.AllowTasks(request.TasksAccess ?? TasksAccess.Of(client));
        await registrations.SaveAsync(client, AuditEventType.ClientChanged, client.Name, cancellationToken);
        return TypedResults.Ok(ClientResponse.Of(client));
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> DeleteAsync(
        string clientId, ClaimsPrincipal caller, ClientRegistrations registrations, CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is not { } client)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        return await registrations.DeleteAsync(client, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound(Problem.NotFound);
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> DisableAsync(
        string clientId, ClaimsPrincipal caller, ClientRegistrations registrations, CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is not { } client)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        await registrations.DisableAsync(client, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound<Problem>>> EnableAsync(
        string clientId, ClaimsPrincipal caller, ClientRegistrations registrations, CancellationToken cancellationToken)
    {
        if (await registrations.FindAsync(caller.OwnerId(), clientId, cancellationToken) is not { } client)
        {
            return TypedResults.NotFound(Problem.NotFound);
        }

        await registrations.EnableAsync(client, cancellationToken);
        return TypedResults.NoContent();
    }
}
