using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>Where what we issue differs from what OpenIddict makes of it.</summary>
internal sealed class IssuedTokenRules(PublicOrigin origin) :
    IOpenIddictServerHandler<ProcessSignInContext>,
    IOpenIddictServerHandler<ApplyTokenResponseContext>,
    IOpenIddictServerHandler<ApplyPushedAuthorizationResponseContext>,
    IOpenIddictServerHandler<ApplyAuthorizationResponseContext>,
    IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    /// <summary>
    /// The issuer is compared as a string (RFC 8414 §3.3, RFC 9207 §2.4) and is the origin as everybody writes it;
    /// <see cref="Uri"/> would add a slash.
    /// </summary>
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        context.AccessTokenPrincipal?.SetClaim(Claims.Private.Issuer, origin.Value);
        context.IdentityTokenPrincipal?.SetClaim(Claims.Private.Issuer, origin.Value)
            // OpenIddict's own claim, of no use to a client.
            .RemoveClaims(Claims.Private.AuthorizationId);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The configured lifetime: OpenIddict subtracts the time that making the token took, and may say a second less. An
    /// exchanged token lives as long as it says itself.
    /// </summary>
    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Response.ExpiresIn is not null && context.Response.IssuedTokenType is null)
        {
            context.Response.ExpiresIn = (long)context.Options.AccessTokenLifetime!.Value.TotalSeconds;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyPushedAuthorizationResponseContext context)
    {
        if (context.Response.ExpiresIn is not null)
        {
            context.Response.ExpiresIn = (long)context.Options.RequestTokenLifetime!.Value.TotalSeconds;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>RFC 9207: on success and on error.</summary>
    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (!string.IsNullOrEmpty(context.RedirectUri))
        {
            context.Response.Iss = origin.Value;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// RFC 7662 §2.2, with the scopes, which OpenIddict tells only an audience; who asks here is whom the token was issued to.
    /// </summary>
    public ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        context.Claims[Claims.Issuer] = origin.Value;
        context.Scopes.UnionWith(context.GenericTokenPrincipal.GetScopes());
        return ValueTask.CompletedTask;
    }
}
