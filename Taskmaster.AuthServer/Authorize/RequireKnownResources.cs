using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Token;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// RFC 8707 §2: every <c>resource</c> is one that we publish, to the letter; anything else is <c>invalid_target</c>. In place
/// of OpenIddict's checks, which call a malformed one a bad redirect URI and do not look at a device's.
/// </summary>
internal sealed class RequireKnownResources(PublicOrigin origin) :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ValidateTokenRequestContext context) => Check(context, context.Request);

    private ValueTask Check(BaseValidatingContext context, OpenIddictRequest request)
    {
        foreach (var resource in request.NamedResources())
        {
            if (!origin.ProtectedResources.Contains(resource))
            {
                context.Reject(IsWellFormed(resource) ? ProtocolErrors.UnknownResource : ProtocolErrors.MalformedResource);
                break;
            }
        }

        return ValueTask.CompletedTask;
    }

    // On Unix a path is an absolute URI, too, for .NET.
    private static bool IsWellFormed(string resource) =>
        !resource.StartsWith('/')
        && Uri.TryCreate(resource, UriKind.Absolute, out var uri)
        && uri.Fragment.Length == 0
        && !resource.Contains('#', StringComparison.Ordinal);
}
