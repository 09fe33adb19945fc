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
    public override async ValueTask<bool> ValidateClientSecretAsync(Client application, string secret, CancellationToken cancellationToken = default)
    {
        if (application.IsPublic)
        {
            return false;
        }

        if (secrets.Matches(application, secret))
        {
            return true;
        }

        // A second look, past the cache: a secret made on another replica works at once. It also makes a wrong
        // secret cost the same query as an unknown client, so that time does not tell them apart.
        return await clients.ReloadAsync(application.ClientId, cancellationToken) is { } reloaded && secrets.Matches(reloaded, secret);
    }

    public override async ValueTask<bool> ValidateRedirectUriAsync(Client application, string uri, CancellationToken cancellationToken = default) =>
        await base.ValidateRedirectUriAsync(application, uri, cancellationToken)
        || (application.IsPublic && application.RedirectUris.Any(registered => RedirectUriRules.DifferOnlyInLoopbackPort(registered, uri)));
}
