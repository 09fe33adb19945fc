using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace Taskmaster.AuthServer.Clients;

/// <summary>OpenIddict's manager with our rules for secrets (several, hashed fast) and loopback redirect URIs (any port).</summary>
internal sealed class ClientManager(
    IOpenIddictApplicationCache<Client> applicationCache,
    ILogger<OpenIddictApplicationManager<Client>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Client> store,
    ClientCache clients,
    ClientSecretCheck secrets) : OpenIddictApplicationManager<Client>(applicationCache, logger, options, store)
{
    // A manager is made for a request, before it looks for a client.
    private readonly long _readsBefore = clients.Reads;

    public override async ValueTask<bool> ValidateClientSecretAsync(
        Client application, string secret, CancellationToken cancellationToken = default)
    {
        if (application.IsPublic)
        {
            return false;
        }

        if (secrets.Matches(application, secret))
        {
            return true;
        }

        // A second look, past the cache: a secret made on another replica works at once. A wrong secret then costs
        // one query, as an unknown client does, whether or not the cache had the client: time does not tell them apart.
        return !clients.WasReadAfter(_readsBefore, application)
            && await clients.ReloadAsync(application.ClientId, cancellationToken) is { } reloaded && secrets.Matches(reloaded, secret);
    }

    public override async ValueTask<bool> ValidateRedirectUriAsync(
        Client application, string uri, CancellationToken cancellationToken = default) =>
        await base.ValidateRedirectUriAsync(application, uri, cancellationToken)
        || (application.IsPublic
            && application.RedirectUris.Any(registered => RedirectUriRules.DifferOnlyInLoopbackPort(registered, uri)));
}
