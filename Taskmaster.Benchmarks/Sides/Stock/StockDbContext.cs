using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Benchmarks.Sides.Stock;

/// <summary>OpenIddict's own entities and nothing else; with one client in them.</summary>
internal sealed class StockDbContext(DbContextOptions<StockDbContext> options) : DbContext(options)
{
    public static async Task CreateAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StockDbContext>().Database.EnsureCreatedAsync();

        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        _ = await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientAccount.Fixed.ClientId,
            ClientSecret = ClientAccount.Fixed.ClientSecret,
            RedirectUris = { new Uri(ClientAccount.Fixed.RedirectUri) },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token,
                Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.ClientCredentials, Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code, Permissions.Scopes.Email, Permissions.Scopes.Profile,
            },
        });
    }
}
