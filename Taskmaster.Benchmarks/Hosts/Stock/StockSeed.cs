using OpenIddict.Abstractions;
using Taskmaster.Benchmarks.Sides;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Benchmarks.Hosts.Stock;

internal static class StockSeed
{
    public static async Task ApplyAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StockDbContext>().Database.EnsureCreatedAsync();

        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        _ = await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientAccount.Fixed.ClientId,
            ClientSecret = ClientAccount.Fixed.ClientSecret,
            RedirectUris = { new Uri(ClientAccount.RedirectUri) },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.ClientCredentials, Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code, Permissions.Scopes.Email, Permissions.Scopes.Profile,
            },
        });
    }
}
