using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Registration;

/// <summary>
/// The clients that programs registered. The registration access token is part of every query: without it a client is not there.
/// </summary>
internal sealed class DynamicClients(AuthDbContext database, ClientEvictions evictions, ClientRemoval removal, TimeProvider clock)
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

    /// <summary>
    /// Replaces all metadata (RFC 7592 §2.2); with a secret if the client has one now and had none before. Null when the client was
    /// deleted meanwhile.
    /// </summary>
    public async Task<(Client Client, string? Secret)?> ReplaceAsync(
        Client client, string token, ClientMetadata metadata, CancellationToken cancellationToken)
    {
        try
        {
            return await ReplaceAsync(client, metadata, cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.WasOvertaken())
        {
            database.ChangeTracker.Clear();
            return await FindAsync(client.ClientId, token, cancellationToken) is { } current
                ? await ReplaceAsync(current, metadata, cancellationToken)
                : null;
        }
    }

    /// <returns>False when another request has deleted it.</returns>
    public Task<bool> DeleteAsync(Client client, CancellationToken cancellationToken) => removal.DeleteAsync(client, cancellationToken);

    /// <summary>Removes the clients that no user has let in since <paramref name="registeredBefore"/>. They have no tokens.</summary>
    public Task<int> ForgetUnusedAsync(DateTimeOffset registeredBefore, CancellationToken cancellationToken) =>
        database.Clients
            .Where(client => client.RegistrationTokenHash != null && client.FirstUsedAt == null && client.CreatedAt < registeredBefore)
            .ExecuteDeleteAsync(cancellationToken);

    private async Task<(Client Client, string? Secret)> ReplaceAsync(
        Client client, ClientMetadata metadata, CancellationToken cancellationToken)
    {
        var secret = Apply(client, metadata);
        await database.SaveChangesAsync(cancellationToken);
        await evictions.AnnounceAsync(client);
        return (client, secret);
    }

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
