using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// Keeps a session's access token fresh, ends the session when AuthServer no longer accepts it, and its tokens when it ends.
/// </summary>
internal sealed partial class SessionCookieEvents(
    RedisSessionStore sessions, TokenRefresher refresher, AuthServerTokens authServer, TimeProvider clock,
    ILogger<SessionCookieEvents> logger)
    : CookieAuthenticationEvents
{
    /// <summary>An access token that has less than this to live is exchanged, so that it does not expire on its way.</summary>
    public static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(1);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var tokens = SessionTokens.From(context.Properties);
        var left = (tokens?.ExpiresAt - clock.GetUtcNow()) ?? TimeSpan.Zero;
        if (left > RefreshBefore)
        {
            return;
        }

        try
        {
            tokens = tokens?.RefreshToken is { } refreshToken
                ? await refresher.RefreshAsync(refreshToken, context.HttpContext.RequestAborted)
                : null;
        }
        catch (ServiceUnavailableException) when (left > TimeSpan.Zero)
        {
            // The token in hand still works; the next request asks again.
            return;
        }

        var session = context.HttpContext.Features.GetRequiredFeature<WebSession>();
        if (tokens is null)
        {
            Log.SessionEnded(logger);
            await sessions.RemoveAsync(session.Id);
            context.RejectPrincipal();
            return;
        }

        // OpenID Connect Core 1.0 §12.2: a refresh need not bring an id_token; sign-out needs the last one.
        (tokens with { IdToken = tokens.IdToken ?? context.Properties.GetTokenValue("id_token") }).StoreIn(context.Properties);
        await sessions.RenewAsync(session.Id, new AuthenticationTicket(context.Principal!, context.Properties, context.Scheme.Name));
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        var session = await context.HttpContext.AuthenticateAsync(context.Scheme.Name);
        if (session.Properties is null || SessionTokens.From(session.Properties) is not { } tokens)
        {
            return;
        }

        try
        {
            await authServer.RevokeAsync(tokens.AccessToken, "access_token", CancellationToken.None);
            if (tokens.RefreshToken is { } refreshToken)
            {
                await authServer.RevokeAsync(refreshToken, "refresh_token", CancellationToken.None);
            }
        }
        catch (ServiceUnavailableException exception)
        {
            // Signing out here must not wait for AuthServer. Nobody holds the tokens any more; they expire.
            Log.TokensNotRevoked(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "A session ended: its refresh token is no longer accepted.")]
        public static partial void SessionEnded(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "The tokens of a session that was signed out could not be revoked.")]
        public static partial void TokensNotRevoked(ILogger logger, Exception exception);
    }
}
