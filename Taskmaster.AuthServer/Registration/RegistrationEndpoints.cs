using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Registration;

/// <summary>Dynamic client registration (RFC 7591) and its management (RFC 7592).</summary>
internal sealed class RegistrationEndpoints(DynamicClients clients, PublicOrigin origin, IOptions<PrivateUseSchemes> schemes)
{
    private const int MaximumBody = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var limit = new RequestSizeLimitAttribute(MaximumBody);
        routes.MapPost(
            OAuthEndpoints.Register,
            (HttpRequest http, RegistrationEndpoints endpoints, CancellationToken token) =>
                endpoints.RegisterAsync(http, token))
            .WithMetadata(limit);
        routes.MapGet(
            OAuthEndpoints.Register + "/{clientId}",
            (string clientId, HttpRequest http, RegistrationEndpoints endpoints, CancellationToken token) =>
                endpoints.ReadAsync(clientId, http, token));
        routes.MapPut(
            OAuthEndpoints.Register + "/{clientId}",
            (string clientId, HttpRequest http, RegistrationEndpoints endpoints, CancellationToken token) =>
                endpoints.ReplaceAsync(clientId, http, token))
            .WithMetadata(limit);
        routes.MapDelete(
            OAuthEndpoints.Register + "/{clientId}",
            (string clientId, HttpRequest http, RegistrationEndpoints endpoints, CancellationToken token) =>
                endpoints.DeleteAsync(clientId, http, token));
    }

    private async Task<Results<Created<RegistrationResponse>, BadRequest<RegistrationProblem>>> RegisterAsync(
        HttpRequest http, CancellationToken cancellationToken)
    {
        var (metadata, problem, _) = await ReadMetadataAsync(http, cancellationToken);
        if (metadata is null)
        {
            return TypedResults.BadRequest(problem);
        }

        var (client, token, secret) = await clients.AddAsync(metadata, cancellationToken);
        var response = RegistrationResponse.Of(client, token, secret, origin);
        return TypedResults.Created(response.RegistrationClientUri, response);
    }

    private async Task<Results<Ok<RegistrationResponse>, UnauthorizedHttpResult>> ReadAsync(
        string clientId, HttpRequest http, CancellationToken cancellationToken) =>
        await FindAsync(clientId, http, cancellationToken) is var (client, token)
            ? TypedResults.Ok(RegistrationResponse.Of(client, token, secret: null, origin))
            : Unauthorized(http);

    private async Task<Results<Ok<RegistrationResponse>, UnauthorizedHttpResult, BadRequest<RegistrationProblem>>> ReplaceAsync(
        string clientId, HttpRequest http, CancellationToken cancellationToken)
    {
        if (await FindAsync(clientId, http, cancellationToken) is not var (client, token))
        {
            return Unauthorized(http);
        }

        var (metadata, problem, request) = await ReadMetadataAsync(http, cancellationToken);
        problem ??= metadata switch
        {
            _ when request?.ClientId != client.ClientId => RegistrationProblem.Metadata("client_id must be the client's own"),
            _ when request.ClientSecret is { } secret && !client.Secrets.Any(row => row.Matches(ClientSecret.HashOf(secret))) =>
                RegistrationProblem.Metadata("client_secret must be left out or the client's own: secrets are made by Taskmaster"),
            _ when metadata?.IsPublic != client.IsPublic =>
                RegistrationProblem.Metadata(
                    "A public client cannot become a confidential one, nor the other way round: register another client"),
            _ => null,
        };
        if (problem is not null)
        {
            return TypedResults.BadRequest(problem);
        }

        return await clients.ReplaceAsync(client, token, metadata!, cancellationToken) is var (replaced, newSecret)
            ? TypedResults.Ok(RegistrationResponse.Of(replaced, token, newSecret, origin))
            : Unauthorized(http);
    }

    private async Task<Results<NoContent, UnauthorizedHttpResult>> DeleteAsync(
        string clientId, HttpRequest http, CancellationToken cancellationToken)
    {
        if (await FindAsync(clientId, http, cancellationToken) is not var (client, _))
        {
            return Unauthorized(http);
        }

        return await clients.DeleteAsync(client, cancellationToken) ? TypedResults.NoContent() : Unauthorized(http);
    }

    private async Task<(Client Client, string Token)?> FindAsync(string clientId, HttpRequest http, CancellationToken cancellationToken) =>
        HasToken(http, out var token) && await clients.FindAsync(clientId, token, cancellationToken) is { } client
            ? (client, token)
            : null;

    private static bool HasToken(HttpRequest http, [NotNullWhen(true)] out string? token)
    {
        var isBearer = AuthenticationHeaderValue.TryParse(http.Headers.Authorization, out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
        token = isBearer && header!.Parameter is { Length: > 0 } value ? value : null;
        return token is not null;
    }

    // The same for a wrong token and for a client that is not there (RFC 7592 §2.1); without a token there is no error to
    // name (RFC 6750 §3.1).
    private static UnauthorizedHttpResult Unauthorized(HttpRequest http)
    {
        http.HttpContext.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{ProtocolErrors.Realm}\""
            + (HasToken(http, out _) ? $", error=\"{OpenIddictConstants.Errors.InvalidToken}\"" : string.Empty);
        return TypedResults.Unauthorized();
    }

    private async Task<(ClientMetadata? Metadata, RegistrationProblem? Problem, RegistrationRequest? Request)> ReadMetadataAsync(
        HttpRequest http, CancellationToken cancellationToken)
    {
        if (!http.HasJsonContentType())
        {
            return (null, RegistrationProblem.Metadata("The Content-Type must be application/json"), null);
        }

        try
        {
            if (await JsonSerializer.DeserializeAsync<RegistrationRequest>(http.Body, Json, cancellationToken) is not { } request)
            {
                return (null, RegistrationProblem.Metadata("The body must be a JSON object"), null);
            }

            var (metadata, problem) = ClientMetadata.Read(request, schemes.Value);
            return (metadata, problem, request);
        }
        catch (JsonException exception)
        {
            var problem = exception.Path is { Length: > 2 } path ? $"{path[2..]} cannot be read" : "The body must be a JSON object";
            return (null, RegistrationProblem.Metadata(problem), null);
        }
    }
}
