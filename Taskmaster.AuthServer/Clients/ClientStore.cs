using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// Shows OpenIddict the registered clients, from the cache where it can. Read only: clients are written through
/// <see cref="ClientRegistrations"/>, with an owner in every query, and never through OpenIddict.
/// </summary>
internal sealed partial class ClientStore(ClientCache cache, AuthDbContext database) : IOpenIddictApplicationStore<Client>
{
    public ValueTask<Client?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken) =>
        cache.FindAsync(identifier, cancellationToken);

    public async ValueTask<Client?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        Guid.TryParse(identifier, out var id)
            ? await Clients.SingleOrDefaultAsync(client => client.Id == id, cancellationToken)
            : null;

    public IAsyncEnumerable<Client> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancellationToken) =>
        // Postgres takes no NUL, and no client registers one.
        uri.Contains('\0', StringComparison.Ordinal)
            ? AsyncEnumerable.Empty<Client>()
            : Clients.Where(client => client.PostLogoutRedirectUris.Contains(uri)).AsAsyncEnumerable();

    public IAsyncEnumerable<Client> FindByRedirectUriAsync(string uri, CancellationToken cancellationToken) =>
        Clients.Where(client => client.RedirectUris.Contains(uri)).AsAsyncEnumerable();

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(Client application, CancellationToken cancellationToken) =>
        new(ClientPermissions.Of(application));

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(Client application, CancellationToken cancellationToken) =>
        new(application.RequirePkce ? [Requirements.Features.ProofKeyForCodeExchange] : []);

    public async IAsyncEnumerable<Client> ListAsync(int? count, int? offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clients = Clients.OrderBy(client => client.Id).Skip(offset ?? 0).Take(count ?? int.MaxValue);
        await foreach (var client in clients.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return client;
        }
    }

    private IQueryable<Client> Clients => database.Clients.AsNoTracking().Include(client => client.Secrets);
}
