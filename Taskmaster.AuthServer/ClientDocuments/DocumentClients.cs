using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Fetch;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// The clients that nobody registered, whose <c>client_id</c> is the address of a document about them
/// (draft-ietf-oauth-client-id-metadata-document-02). A document is fetched when a sign-in begins, and again when it is out of
/// date; then the client is as any other is, in <see cref="ClientCache"/>. A document is fetched once, however many requests
/// wait for it, and an error is not kept (§5.2). Its rules are written down in decision 22.
/// </summary>
internal sealed partial class DocumentClients(
    PublicFetch fetch,
    ClientCache clients,
    ClientEvictions evictions,
    IServiceScopeFactory scopes,
    IOptions<ClientDocumentOptions> options,
    IOptions<PrivateUseSchemes> schemes,
    TimeProvider clock,
    ILogger<DocumentClients> logger)
{
    /// <summary>How long nothing is fetched for the sake of tokens after a fetch has failed, or for a key that was not there.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private const int MaximumRemembered = 1_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<ProtocolError?>>> _loading = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaggedDocument> _tagged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _pausedUntil = new(StringComparer.Ordinal);

    /// <summary>
    /// Sees to it that the client is known as its document describes it now, for a request that begins a sign-in.
    /// </summary>
    /// <param name="clientId">Any <c>client_id</c>; one that is no address is not looked at.</param>
    /// <param name="keyId">The key that the client says it has signed with; null when it has not.</param>
    /// <param name="caller">Whose request it is.</param>
    /// <param name="cancellationToken">Ends the waiting, and not the fetch, for which others may wait.</param>
    /// <returns>Why the client is not known; null when it is, or is none that a document describes.</returns>
    public async ValueTask<ProtocolError?> PrepareAsync(
        string? clientId, string? keyId, string caller, CancellationToken cancellationToken)
    {
        if (!ClientIdUrl.Is(clientId))
        {
            return null;
        }

        if (Refusal(clientId, out var address) is { } refusal)
        {
            return refusal;
        }

        var client = await clients.FindAsync(clientId, cancellationToken);
        if (client is not null && IsCurrent(client, keyId))
        {
            return null;
        }

        // Whoever has used up what a host may be asked keeps nobody from signing in to a client of it that is known.
        var error = await LoadAsync(clientId, address!, caller, cancellationToken);
        return error == ProtocolErrors.TooManyFetches && client is not null && IsWithinGrace(client) ? null : error;
    }

    /// <summary>
    /// The same for a request with a code or token, which only a client that a user has let in can have: for any other nothing
    /// is fetched. A document that is gone, or a host that is not taken any more, ends it; one that cannot be had for another
    /// reason does so after <see cref="ClientDocumentOptions.Grace"/>.
    /// </summary>
    /// <inheritdoc cref="PrepareAsync"/>
    public async ValueTask<ProtocolError?> RenewAsync(string? clientId, string? keyId, string caller, CancellationToken cancellationToken)
    {
        if (!ClientIdUrl.Is(clientId)
            || await clients.FindAsync(clientId, cancellationToken) is not { IsDescribedByDocument: true } client)
        {
            return null;
        }

        if (Refusal(clientId, out var address) is { } refusal)
        {
            return refusal;
        }

        if (IsCurrent(client, keyId))
        {
            return null;
        }

        var error = _pausedUntil.TryGetValue(clientId, out var until) && clock.GetUtcNow() < until
            ? ProtocolErrors.ClientDocumentUnreachable
            : await LoadAsync(clientId, address!, caller, cancellationToken);
        return error is not null && error != ProtocolErrors.ClientDocumentGone && IsWithinGrace(client) ? null : error;
    }

    private bool IsWithinGrace(Client client) => clock.GetUtcNow() - client.DocumentFetchedAt <= options.Value.Grace;

    private ProtocolError? Refusal(string clientId, out Uri? address)
    {
        (address, var problem) = ClientIdUrl.Read(clientId);
        return this switch
        {
            _ when !options.Value.Enabled => ProtocolErrors.ClientDocumentsNotTaken,
            _ when address is null => ProtocolErrors.InvalidClientIdUrl(problem!),
            _ when !fetch.Takes(address) => ProtocolErrors.InvalidClientIdUrl("it must begin with https://"),
            _ when !options.Value.Allow(address.IdnHost) => ProtocolErrors.ClientHostNotTaken,
            _ => null,
        };
    }

    /// <summary>Also a key that is not there makes the document out of date, but not again and again.</summary>
    private bool IsCurrent(Client client, string? keyId)
    {
        var now = clock.GetUtcNow();
        return client.DocumentFreshUntil > now
            && (keyId is null
                || client.JsonWebKeys is not { } keys
                || keys.Contains(JsonSerializer.Serialize(keyId), StringComparison.Ordinal)
                || now - client.DocumentFetchedAt < Pause);
    }

    private async Task<ProtocolError?> LoadAsync(string clientId, Uri address, string caller, CancellationToken cancellationToken)
    {
        var loading = _loading.GetOrAdd(
            clientId, _ => new Lazy<Task<ProtocolError?>>(() => LoadOnceAsync(clientId, address, caller)));
        return await loading.Value.WaitAsync(cancellationToken);
    }

    private async Task<ProtocolError?> LoadOnceAsync(string clientId, Uri address, string caller)
    {
        try
        {
            var error = await FetchAsync(clientId, address, caller);
            if (error is null)
            {
                _ = _pausedUntil.TryRemove(clientId, out _);
                return null;
            }

            if (error == ProtocolErrors.TooManyFetches)
            {
                return error;
            }

            clients.TakeBack(clientId);
            _ = _tagged.TryRemove(clientId, out _);
            Remember(_pausedUntil, clientId, clock.GetUtcNow() + Pause);
            Log.NotTaken(logger, clientId, error.Description);
            return error;
        }
        finally
        {
            _ = _loading.TryRemove(clientId, out _);
        }
    }

    private async Task<ProtocolError?> FetchAsync(string clientId, Uri address, string caller)
    {
        using var deadline = fetch.NewDeadline();
        var tagged = _tagged.GetValueOrDefault(clientId);
        var fetched = await fetch.GetAsync(address, caller, tagged?.EntityTag, deadline.Token);
        if (fetched.Outcome is FetchOutcome.NotModified && tagged is not null)
        {
            return await TakeAsync(clientId, tagged.Document, fetched.MaxAge, caller, deadline.Token);
        }

        if (fetched.Outcome is not FetchOutcome.Fetched)
        {
            return ErrorOf(fetched.Outcome);
        }

        var (document, problem) = ClientDocument.Read(fetched.Content.Span, clientId);
        if (document is null)
        {
            return ProtocolErrors.InvalidClientDocument(problem!);
        }

        var error = await TakeAsync(clientId, document, fetched.MaxAge, caller, deadline.Token);
        if (error is null && fetched.EntityTag is { } entityTag)
        {
            Remember(_tagged, clientId, new TaggedDocument(entityTag, document));
        }

        return error;
    }

    private async Task<ProtocolError?> TakeAsync(
        string clientId, ClientDocument document, TimeSpan? maxAge, string caller, CancellationToken deadline)
    {
        JsonElement? keys = null;
        if (document.KeysAddress is { } keysAddress)
        {
            if (await FetchKeysAsync(keysAddress, caller, deadline) is not var (set, keysMaxAge))
            {
                return ProtocolErrors.InvalidClientDocument("jwks_uri leads to no keys");
            }

            (keys, maxAge) = (set, maxAge is null || keysMaxAge < maxAge ? keysMaxAge : maxAge);
        }

        var (metadata, problem) = document.Describe(keys, schemes.Value);
        if (metadata is null)
        {
            return ProtocolErrors.InvalidClientDocument(problem!);
        }

        var now = clock.GetUtcNow();
        var client = Client.ByDocument(clientId, now);
        client.Rename(metadata.Name);
        client.ReturnTo(metadata.RedirectUris);
        client.ReturnAfterSignOutTo(metadata.PostLogoutRedirectUris);
        client.LinkTo(ClientDocument.LinkOf(document.ClientUri), ClientDocument.LinkOf(document.PolicyUri));
        client.RegisterFor(metadata.GrantTypes, metadata.Scopes);
        client.AuthenticateBy(metadata.AuthenticationMethod, metadata.JsonWebKeys);
        client.SignIdTokensWith(metadata.IdTokenAlgorithm);
        client.Describe(document.HashOf(metadata), metadata.IsPublic, now, now + options.Value.AgeOf(maxAge));

        clients.Lend(client);
        if (await UpdateAsync(client))
        {
            await evictions.AnnounceAsync(client);
        }

        return null;
    }

    private async Task<(JsonElement Keys, TimeSpan? MaxAge)?> FetchKeysAsync(string keysAddress, string caller, CancellationToken deadline)
    {
        if (!Uri.TryCreate(keysAddress, UriKind.Absolute, out var address)
            || address.UserInfo.Length > 0
            || !fetch.Takes(address)
            || options.Value.Deny(address.IdnHost))
        {
            return null;
        }

        var fetched = await fetch.GetAsync(address, caller, entityTag: null, deadline);
        try
        {
            return fetched.Outcome is FetchOutcome.Fetched
                ? (JsonElement.Parse(fetched.Content.Span), fetched.MaxAge)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a row, which from now on is as the document says.</summary>
    private Task<bool> UpdateAsync(Client client) => UpdateRowAsync(client).WithQueryTimeoutAsync(CancellationToken.None);

    private async Task<bool> UpdateRowAsync(Client client)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        return await database.Clients.Where(row => row.Id == client.Id).ExecuteUpdateAsync(update => update
            .SetProperty(row => row.Name, client.Name)
            .SetProperty(row => row.IsPublic, client.IsPublic)
            .SetProperty(row => row.RedirectUris, client.RedirectUris)
            .SetProperty(row => row.PostLogoutRedirectUris, client.PostLogoutRedirectUris)
            .SetProperty(row => row.ClientUri, client.ClientUri)
            .SetProperty(row => row.PolicyUri, client.PolicyUri)
            .SetProperty(row => row.GrantTypes, client.GrantTypes)
            .SetProperty(row => row.Scopes, client.Scopes)
            .SetProperty(row => row.AuthenticationMethod, client.AuthenticationMethod)
            .SetProperty(row => row.JsonWebKeys, client.JsonWebKeys)
            .SetProperty(row => row.DocumentHash, client.DocumentHash)
            .SetProperty(row => row.DocumentFetchedAt, client.DocumentFetchedAt)
            .SetProperty(row => row.DocumentFreshUntil, client.DocumentFreshUntil)) > 0;
    }

    private static ProtocolError ErrorOf(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Gone => ProtocolErrors.ClientDocumentGone,
        FetchOutcome.Redirected => ProtocolErrors.InvalidClientDocument("a redirect is not followed"),
        FetchOutcome.OtherStatus => ProtocolErrors.InvalidClientDocument("its status is not 200"),
        FetchOutcome.OtherType => ProtocolErrors.InvalidClientDocument("its Content-Type is not application/json"),
        FetchOutcome.TooLarge => ProtocolErrors.InvalidClientDocument(
            $"it must be {PublicFetch.MaximumLength / 1024} KiB or less"),
        FetchOutcome.Limited => ProtocolErrors.TooManyFetches,
        _ => ProtocolErrors.ClientDocumentUnreachable,
    };

    private static void Remember<T>(ConcurrentDictionary<string, T> entries, string clientId, T value)
    {
        if (entries.Count >= MaximumRemembered)
        {
            entries.Clear();
        }

        entries[clientId] = value;
    }

    private sealed record TaggedDocument(string EntityTag, ClientDocument Document);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The client {ClientId} is not taken by its document: {Reason}.")]
        public static partial void NotTaken(ILogger logger, string clientId, string reason);
    }
}
