using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.ClientDocuments;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Pages;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Tickets;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Consents;

/// <summary>Asks the signed-in user about one pending authorization request. Without such a request there is no page.</summary>
internal sealed class ConsentModel(
    UserSessions sessions,
    ConsentTickets tickets,
    ConsentRecords consents,
    ClientCache clients,
    DocumentClients documents,
    AuthDbContext database,
    IOptions<TokenLifetimes> lifetimes) : FormPage
{
    [BindProperty(SupportsGet = true, Name = "ticket")]
    public string? Ticket { get; set; }

    public string UserName { get; private set; } = string.Empty;

    public string ClientName { get; private set; } = string.Empty;

    /// <summary>Of a client that its own document describes: who answers for it, whatever it calls itself.</summary>
    public string? Host { get; private set; }

    /// <summary>Every program of this device can be where the answer goes, and call itself this client (RFC 8252 §8.6).</summary>
    public bool CanBePosedAs { get; private set; }

    public ClientMaker Maker { get; private set; } = ClientMaker.Unknown;

    /// <summary>Where the user can read about the client; from its owner, who may say anything.</summary>
    public IReadOnlyList<(string Text, string Address)> Links { get; private set; } = [];

    public string ReturnsTo { get; private set; } = string.Empty;

    /// <summary>The answer goes to whichever program of the device has claimed the scheme (RFC 8252 §8.1), and not to a host.</summary>
    public bool ReturnsToApplication { get; private set; }

    public string Lifetime { get; private set; } = string.Empty;

    public IReadOnlyList<Permission> Permissions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await PendingAsync(cancellationToken) is not var (session, pending, client))
        {
            return NoRequest();
        }

        UserName = session.User.Name;
        ClientName = client.Name;
        Host = client.Host;
        CanBePosedAs = client.IsDescribedByDocument && client.RedirectUris.All(uri => new Uri(uri).IsLoopback);
        Maker = await ClientMaker.OfAsync(database, client, cancellationToken);
        Links = [.. LinksOf(client)];
        (ReturnsTo, ReturnsToApplication) = Destination(new Uri(pending.RedirectUri));
        Permissions = [.. ScopeWords.For(pending.Scopes).Select(entry => new Permission(entry.Words, IsNew(pending, entry.Scope)))];
        Lifetime = pending.Scopes.Contains(Scopes.OfflineAccess)
            ? $"It keeps this access for {lifetimes.Value.RefreshToken.TotalDays:0} days."
            : $"It keeps this access for {lifetimes.Value.AccessToken.TotalMinutes:0} minutes, and gets it again without asking when you "
                + $"return to it.";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? choice, CancellationToken cancellationToken)
    {
        if (await PendingAsync(cancellationToken) is not var (session, pending, client) || choice is not ("allow" or "deny"))
        {
            return NoRequest();
        }

        var allowed = choice is "allow";
        if (allowed)
        {
            if (!await consents.AllowAsync(session.User.Id, client, pending.Scopes, cancellationToken))
            {
                return NoRequest();
            }
        }
        else
        {
            await consents.DenyAsync(session.User.Id, client, cancellationToken);
        }

        var decision = tickets.Decided(new ConsentDecision(session.User.Id, allowed, pending.RequestHash));
        return Redirect($"{ReturnUrl}&{AuthorizeRequestUrl.DecisionParameter}={Uri.EscapeDataString(decision)}");
    }

    private async Task<(UserSession Session, PendingConsent Pending, Client Client)?> PendingAsync(CancellationToken cancellationToken) =>
        await sessions.CurrentAsync(HttpContext, cancellationToken) is { } session
        && tickets.ReadPending(Ticket, session.User.Id, ReturnUrl ?? string.Empty) is { } pending
        && await FindAsync(pending, cancellationToken) is { } client
            ? (session, pending, client)
            : null;

    /// <summary>
    /// The client of the checked request. One that a document describes another replica may have fetched; if the document is
    /// another by now, the request is to be made anew.
    /// </summary>
    private async Task<Client?> FindAsync(PendingConsent pending, CancellationToken cancellationToken) =>
        await documents.PrepareAsync(pending.ClientId, keyId: null, CallerAddress.Of(HttpContext), cancellationToken) is null
        && await clients.FindAsync(pending.ClientId, cancellationToken) is { } client
        && client.DocumentHash == pending.DocumentHash
            ? client
            : null;

    private static IEnumerable<(string Text, string Address)> LinksOf(Client client)
    {
        if (client.ClientUri is { } clientUri)
        {
            yield return ("Homepage", clientUri);
        }

        if (client.PolicyUri is { } policyUri)
        {
            yield return ("Privacy policy", policyUri);
        }
    }

    // In a private-use scheme the part that looks like a host proves nothing, because the application can choose it freely.
    private static (string Shown, bool IsApplication) Destination(Uri redirectUri) =>
        redirectUri.Scheme == Uri.UriSchemeHttps || redirectUri.Scheme == Uri.UriSchemeHttp
            ? (redirectUri.Authority, false)
            : (redirectUri.Scheme + ":", true);

    // At the first consent every scope is new, so none is marked.
    private static bool IsNew(PendingConsent pending, string scope) =>
        pending.NewScopes.Count < pending.Scopes.Count && pending.NewScopes.Contains(scope);

    private StatusCodeResult NoRequest() => StatusCode(StatusCodes.Status400BadRequest);

    public sealed record Permission(string Words, bool IsNew);
}
