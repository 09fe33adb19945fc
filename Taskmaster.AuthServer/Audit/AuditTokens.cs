using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Audit;

/// <summary>
/// Writes down the misuse of codes and refresh tokens, and revocations, and counts replays. Issuing tokens is not written down.
/// </summary>
internal sealed class AuditTokens(AuditQueue queue, AuthServerMetrics metrics) :
    IOpenIddictServerHandler<ApplyTokenResponseContext>,
    IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public async ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Response is not { Error: OpenIddictConstants.Errors.InvalidGrant, ErrorUri: { } uri }
            || TypeOf(uri) is not { } type
            || (context.Request?.RefreshToken ?? context.Request?.Code) is not { } token
            || context.Transaction.GetHttpRequest()?.HttpContext is not { } http)
        {
            return;
        }

        if (type is AuditEventType.TokenReused)
        {
            metrics.Replayed(context.Request?.RefreshToken is null ? "authorization_code" : "refresh_token");
        }

        var tokens = http.RequestServices.GetRequiredService<IOpenIddictTokenManager>();
        if (await tokens.FindByReferenceIdAsync(token, context.CancellationToken) is { } entry
            && Guid.TryParse(await tokens.GetSubjectAsync(entry, context.CancellationToken), out var userId))
        {
            queue.Add(http, type, userId, context.Request?.ClientId, actor: context.Request?.ClientId);
        }
    }

    public ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (Guid.TryParse(context.GenericTokenPrincipal.GetClaim(TaskmasterClaims.Owner), out var userId))
        {
            queue.Add(
                context.Transaction.GetHttpRequest()?.HttpContext, AuditEventType.TokenRevoked, userId, context.Request?.ClientId,
                actor: context.Request?.ClientId);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>A refresh token that Redis found to be used twice, where OpenIddict cannot tell it from a revoked one any more.</summary>
    public void RefreshTokenReused(HttpContext http, Guid userId, string clientId)
    {
        metrics.Replayed(OpenIddictConstants.GrantTypes.RefreshToken);
        queue.Add(http, AuditEventType.TokenReused, userId, clientId, actor: clientId);
    }

    // OpenIddict's message ids: redeemed already (code, refresh token), issued to another client (code, refresh token).
    private static AuditEventType? TypeOf(string errorUri) => errorUri[(errorUri.LastIndexOf('/') + 1)..] switch
    {
        "ID2010" or "ID2012" => AuditEventType.TokenReused,
        "ID2069" or "ID2071" => AuditEventType.TokenOfAnotherClient,
        _ => null,
    };
}
