using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Taskmaster.AuthServer.Fast;

internal static class JwtDescriptions
{
    /// <summary>
    /// OpenIddict describes every code and token as a JWT, claim by claim, before it asks whether it is one. Ours are
    /// Data Protection's, but for the id_token: only that is described (docs/performance.md, bar 8).
    /// </summary>
    public static void DescribeOnlyJwts(OpenIddictServerOptions options)
    {
        foreach (var descriptor in new[] { AttachTokenSubject.Descriptor, AttachTokenMetadata.Descriptor })
        {
            options.Handlers[options.Handlers.IndexOf(descriptor)] =
                OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
                .Import(descriptor)
                .AddFilter<RequireJsonWebTokenFormat>()
                .Build();
        }
    }
}
