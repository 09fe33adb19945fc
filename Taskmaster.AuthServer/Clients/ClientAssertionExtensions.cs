using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Clients;

internal static class ClientAssertionExtensions
{
    /// <summary><c>private_key_jwt</c>: OpenIddict verifies the signature and the claims; that it is used once is ours.</summary>
    public static void AddClientAssertions(this OpenIddictServerBuilder server) =>
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
            .UseSingletonHandler<ClientAssertionUse>()
            .SetOrder(Builtin.ValidateClientAssertionIssuer.Descriptor.Order + 500))
        .AddEventHandler<ValidateTokenContext>(handler => handler
            .UseSingletonHandler<ClientAssertionType>()
            .SetOrder(Builtin.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500));
}
