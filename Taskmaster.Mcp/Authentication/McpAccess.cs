using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.Mcp.Answers;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Authentication;

/// <summary>
/// Before the protocol's handler, which answers 200 to whatever it refuses: 401 without a token for this server, and 403 with
/// the scopes to ask for where the token lacks what the message needs (MCP 2026-07-28, Authorization).
/// </summary>
internal sealed class McpAccess(RequestDelegate next, MessageScopes scopes, AllowedOrigins origins, PublicOrigin own)
{
    private const string Scheme = "Bearer";

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments(PublicPaths.Mcp, StringComparison.OrdinalIgnoreCase) ? AdmitAsync(context) : next(context);

    private async Task AdmitAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin is [{ } origin, ..] && !origins.Contains(origin))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, challenge: null, new("invalid_origin", "The Origin is not allowed"));
            return;
        }

        if (!LimitedBodyStream.TryLimit(context, BodyLimits.Mcp))
        {
            throw new BadHttpRequestException("The content is too long.", StatusCodes.Status413PayloadTooLarge);
        }

        var needed = scopes.ScopeFor(await CalledMethod.ReadAsync(context.Request, context.RequestAborted));
        if (context.User.Identity?.IsAuthenticated != true)
        {
            await RefuseAsync(
                context, StatusCodes.Status401Unauthorized, needed ?? MessageScopes.First, await UnauthenticatedAsync(context));
        }
        else if (needed is not null && !context.User.HasScope(needed))
        {
            // Also what the token has: a client that asks for exactly these keeps what it had.
            await RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                string.Join(' ', TaskmasterScopes.Tasks.Where(scope => scope == needed || context.User.HasScope(scope))),
                new(OpenIddictConstants.Errors.InsufficientScope, $"The Access Token does not have the scope {needed}"));
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>Not a second check: the handler answers with what it found at the head of the pipeline.</summary>
    private static async Task<AccessError> UnauthenticatedAsync(HttpContext context)
    {
        var found = (await context.AuthenticateAsync()).Properties;
        var description = found?.GetString(OpenIddictValidationAspNetCoreConstants.Properties.ErrorDescription);
        return (found?.GetString(OpenIddictValidationAspNetCoreConstants.Properties.Error), description) switch
        {
            (_, null) => new(OpenIddictConstants.Errors.MissingToken, "The Access Token is missing"),
            ({ } error, _) when error is DpopProblem.InvalidProof or DpopProblem.NonceNeededError => new(error, description),
            _ when description == DpopProblem.TokenBound.Description || description == DpopProblem.TokenNotBound.Description =>
                new(DpopProblem.TokenBound.Error, description),
            _ => new(OpenIddictConstants.Errors.InvalidToken, "The Access Token is invalid, expired or was revoked"),
        };
    }

    /// <summary>RFC 9449 §7.1: what came with a proof, or would have to, is refused in that scheme.</summary>
    private static bool IsAboutProofs(HttpContext context, AccessError error) =>
        DpopNames.TokenOf(context.Request.Headers.Authorization) is not null
        || error.ErrorDescription == DpopProblem.TokenBound.Description;

    /// <summary>RFC 6750 §3, with where a client learns how to get a token (RFC 9728 §5.1).</summary>
    private Task RefuseAsync(HttpContext context, int status, string? challenge, AccessError error)
    {
        if (challenge is not null)
        {
            // RFC 6750 §3.1: a request without any token is told no error code in the challenge.
            var reason = error.Error is OpenIddictConstants.Errors.MissingToken
                ? ""
                : $" error=\"{error.Error}\", error_description=\"{error.ErrorDescription}\",";
            var (scheme, algorithms) = IsAboutProofs(context, error) ? (DpopNames.Scheme, $", {DpopNames.AlgorithmsParameter}") : (Scheme, "");
            context.Response.Headers.WWWAuthenticate =
                $"{scheme}{reason} scope=\"{challenge}\", resource_metadata=\"{own.Value}{PublicPaths.McpMetadata}\"{algorithms}";
        }

        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(error, McpJson.Options, "application/json", context.RequestAborted);
    }
}
