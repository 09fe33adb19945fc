using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// Gives a sign-in that begins something longer than one access token a grant of its own: what a replayed code or a
/// reused refresh token ends, and nothing else of the user with that client.
/// </summary>
internal sealed class AttachGrant(TimeProvider time, IOptions<RedisTokenStoreOptions> options)
    : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseSingletonHandler<AttachGrant>()
            .SetOrder(OpenIddictServerHandlers.AttachAuthorization.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (options.Value.AssignGrants
            && context.Principal is { } principal
            && context is { GenerateAuthorizationCode: true } or { GenerateDeviceCode: true } or { GenerateRefreshToken: true }
            && string.IsNullOrEmpty(principal.GetAuthorizationId()))
        {
            principal.SetAuthorizationId(Guid.CreateVersion7(time.GetUtcNow()).ToString());
        }

        return default;
    }
}
