using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Registration;

/// <summary>
/// The clients that programs registered. The registration access token is part of every query: without it a client is not there.
/// </summary>
internal sealed class DynamicClients(AuthDbContext database, ClientEvictions evictions, IOpenIddictTokenManager tokens, TimeProvider clock)
{
    private const int TokenLength = 32;

    /// <summary>A new client, and the token that manages it; only the token's hash is kept.</summary>
    public async Task<(Client Client, string Token, string? Secret)> AddAsync(ClientMetadata metadata, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenLength));
        var client = Client.RegisterByProgram(metadata.Name, metadata.IsPublic, ClientSecret.HashOf(token), clock.GetUtcNow());
        var secret = Apply(client, metadata);

        database.Clients.Add(client);
        await database.SaveChangesAsync(cancellationToken);
        return (client, token, secret);
    }

    public async Task<Client?> FindAsync(string clientId, string token, CancellationToken cancellationToken)
    {
        var hash = ClientSecret.HashOf(token);
        return clientId.Contains('\0', StringComparison.Ordinal)
            ? null
            : await database.Clients.Include(client => client.Secrets)
                .SingleOrDefaultAsync(client => client.ClientId == clientId && client.RegistrationTokenHash == hash, cancellationToken);
    }

    /// <summary>Replaces all metadata (RFC 7592 §2.2); returns a secret if the client has one now and had none before.</summary>
    public async Task<string?> ReplaceAsync(Client client, ClientMetadata metadata, CancellationToken cancellationToken)
    {
        var secret = Apply(client, metadata);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
        return secret;
    }

    /// <summary>Removes the client and ends what it was issued, as for the clients of the Developer page.</summary>
    public async Task DeleteAsync(Client client, CancellationToken cancellationToken)
    {
        var applicationId = client.Id.ToString("D");
        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);

        database.Clients.Remove(client);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);

        await tokens.RevokeByApplicationIdAsync(applicationId, cancellationToken);
    }

    /// <summary>Removes the clients that no user has let in since <paramref name="registeredBefore"/>. They have no tokens.</summary>
    public Task<int> ForgetUnusedAsync(DateTimeOffset registeredBefore, CancellationToken cancellationToken) =>
        database.Clients
            .Where(client => client.RegistrationTokenHash != null && client.FirstUsedAt == null && client.CreatedAt < registeredBefore)
            .ExecuteDeleteAsync(cancellationToken);

    private string? Apply(Client client, ClientMetadata metadata)
    {
        client.Rename(metadata.Name);
        client.ReturnTo(metadata.RedirectUris);
        client.ReturnAfterSignOutTo(metadata.PostLogoutRedirectUris);
        client.RegisterFor(metadata.GrantTypes, metadata.Scopes);
        client.AuthenticateBy(metadata.AuthenticationMethod, metadata.JsonWebKeys);
        client.DemandDpop(metadata.RequireDpop);
        client.SignIdTokensWith(metadata.IdTokenAlgorithm);

        if (metadata.HasSecret && client.Secrets.Count == 0)
        {
            client.Add(ClientSecret.Generate(client, "Registration", clock.GetUtcNow(), expiresAt: null, out var secret));
            return secret;
        }

        if (!metadata.HasSecret)
        {
            client.Secrets.ToList().ForEach(client.Remove);
        }

        return null;
    }
}
