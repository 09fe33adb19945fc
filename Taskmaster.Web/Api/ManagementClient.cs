using System.Buffers;

namespace Taskmaster.Web.Api;

/// <summary>
/// AuthServer's management API as the signed-in user: the clients and API keys they own, the applications they let in, their sessions and
/// what happened to their account.
/// </summary>
internal sealed class ManagementClient(HttpClient client)
{
    private static readonly SearchValues<char> InWords =
        SearchValues.Create("-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public Task<List<Client>> ListClientsAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<Client>>("/clients", cancellationToken);

    public Task<Answer<Client>> GetClientAsync(string clientId, CancellationToken cancellationToken) =>
        client.AskAsync<Client>(HttpMethod.Get, ClientPath(clientId), body: null, cancellationToken);

    public Task<Answer<Client>> CreateClientAsync(NewClient fields, CancellationToken cancellationToken) =>
        client.AskAsync<Client>(HttpMethod.Post, "/clients", fields, cancellationToken);

    public Task<Answer<Client>> UpdateClientAsync(string clientId, ClientChange change, CancellationToken cancellationToken) =>
        client.AskAsync<Client>(HttpMethod.Put, ClientPath(clientId), change, cancellationToken);

    public Task<Refusal?> DeleteClientAsync(string clientId, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, ClientPath(clientId), cancellationToken);

    public Task<Answer<CreatedSecret>> AddSecretAsync(string clientId, NewSecret fields, CancellationToken cancellationToken) =>
        client.AskAsync<CreatedSecret>(HttpMethod.Post, ClientPath(clientId) + "/secrets", fields, cancellationToken);

    public Task<Answer<CreatedSecret>> RollSecretAsync(string clientId, SecretRoll roll, CancellationToken cancellationToken) =>
        client.AskAsync<CreatedSecret>(HttpMethod.Post, ClientPath(clientId) + "/secrets/roll", roll, cancellationToken);

    public Task<Refusal?> RemoveSecretAsync(string clientId, Guid secretId, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, $"{ClientPath(clientId)}/secrets/{secretId}", cancellationToken);

    public Task<Answer<RequestLog>> GetRequestLogAsync(string clientId, CancellationToken cancellationToken) =>
        client.AskAsync<RequestLog>(HttpMethod.Get, ClientPath(clientId) + "/requests", body: null, cancellationToken);

    public Task<Answer<RequestCounts>> CountRequestsAsync(string clientId, CancellationToken cancellationToken) =>
        client.AskAsync<RequestCounts>(HttpMethod.Get, ClientPath(clientId) + "/request-counts", body: null, cancellationToken);

    public Task<Answer<ConsentCount>> CountConsentsAsync(string clientId, CancellationToken cancellationToken) =>
        client.AskAsync<ConsentCount>(HttpMethod.Get, ClientPath(clientId) + "/consents", body: null, cancellationToken);

    public Task<List<Consent>> ListConsentsAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<Consent>>("/consents", cancellationToken);

    public Task<Refusal?> WithdrawConsentAsync(string? clientId, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, "/consents/" + Segment(clientId), cancellationToken);

    public Task<Refusal?> WithdrawAllConsentsAsync(CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, "/consents", cancellationToken);

    public Task<List<SignedInBrowser>> ListSessionsAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<SignedInBrowser>>("/sessions", cancellationToken);

    public Task<Refusal?> EndSessionAsync(Guid id, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, $"/sessions/{id}", cancellationToken);

    public Task<Refusal?> EndOtherSessionsAsync(CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, "/sessions", cancellationToken);

    /// <summary>Newest first; <paramref name="before"/> is the <c>Next</c> of the page before.</summary>
    public Task<AccountEvents> ListEventsAsync(int limit, Guid? before, CancellationToken cancellationToken) =>
        client.ListAsync<AccountEvents>($"/audit?limit={limit}{(before is { } id ? $"&before={id}" : "")}", cancellationToken);

    public Task<List<ApiKey>> ListApiKeysAsync(CancellationToken cancellationToken) =>
        client.ListAsync<List<ApiKey>>("/api-keys", cancellationToken);

    public Task<Answer<CreatedApiKey>> CreateApiKeyAsync(NewApiKey fields, CancellationToken cancellationToken) =>
        client.AskAsync<CreatedApiKey>(HttpMethod.Post, "/api-keys", fields, cancellationToken);

    public Task<Refusal?> RevokeApiKeyAsync(Guid id, CancellationToken cancellationToken) =>
        client.DoAsync(HttpMethod.Delete, $"/api-keys/{id}", cancellationToken);

    private static string ClientPath(string clientId) => "/clients/" + Segment(clientId);

    /// <summary>
    /// An id from the address of a page or from its form: a word, or the address of a client's document. Anything else, such as "."
    /// which would make the address of all clients of it, asks for a client that is not there.
    /// </summary>
    private static string Segment(string? clientId) =>
        clientId is { Length: > 0 }
            && (!clientId.AsSpan().ContainsAnyExcept(InWords)
                || (Uri.TryCreate(clientId, UriKind.Absolute, out _) && !clientId.Any(char.IsControl)))
            ? Uri.EscapeDataString(clientId)
            : "-";
}
