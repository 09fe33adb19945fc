using OpenIddict.Server;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>The type of a bound token, where it is issued (RFC 9449 §5) and where it is introspected (§6.2).</summary>
internal sealed class NameBoundToken :
    IOpenIddictServerHandler<ProcessSignInContext>,
    IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context is { Response.AccessToken: not null, AccessTokenPrincipal: { } token } && token.Binding() is not null)
        {
            context.Response.TokenType = DpopNames.Scheme;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        // OpenIddict names no type where there is a confirmation.
        if (context.Confirmation is not null && context.TokenType is null)
        {
            context.TokenType = DpopNames.Scheme;
        }

        return ValueTask.CompletedTask;
    }
}
