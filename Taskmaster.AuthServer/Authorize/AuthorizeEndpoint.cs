using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Tickets;
using Taskmaster.AuthServer.Token;
using Taskmaster.AuthServer.Users;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// The authorization endpoint (RFC 6749 §3.1), after OpenIddict has checked the request: sign the user in, ask for
/// consent, answer the client.
/// </summary>
internal sealed class AuthorizeEndpoint(
    UserSessions sessions,
    ConsentTickets tickets,
    ResumeTickets resume,
    PushedRequests pushed,
    ClientCache clients,
    IssuedClaims claims,
    TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(
            OAuthEndpoints.Authorize,
            [HttpMethods.Get, HttpMethods.Post],
            (HttpContext http, AuthorizeEndpoint endpoint, CancellationToken cancellationToken) =>
                endpoint.HandleAsync(http, cancellationToken));

    private async Task<IResult> HandleAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict did not see this request.");
        var client = await clients.FindAsync(request.ClientId!, cancellationToken);
        if (client is null)
        {
            return await RefuseAsync(http, ProtocolErrors.UnknownClient, cancellationToken);
        }

        var silent = request.HasPromptValue(PromptValues.None);
        var session = await sessions.CurrentAsync(http, client, cancellationToken);
        var requestUrl = AuthorizeRequestUrl.Of(request);

        if (session is null && HttpMethods.IsPost(http.Request.Method))
        {
            return CrossSiteRequests.ComeBack(http, requestUrl);
        }

        var isAnother = session is not null && await IsAnotherThanHintedAsync(session, request, http);
        if (session is null
            || ((isAnother || MustSignInAgain(session, request))
                && !resume.HasSignedInSince(session.SignedInAt, requestUrl, http.Request)))
        {
            return silent
                ? await RefuseAsync(http, ProtocolErrors.SignInRequired, cancellationToken)
                : SignIn(request, resume.ReturnUrl(requestUrl, http.Request));
        }

        if (isAnother)
        {
            return await RefuseAsync(http, ProtocolErrors.OtherUserThanHinted, cancellationToken);
        }

        var granted = GrantedScopes.ForUser(client, request.GetScopes());
        if (client.SkipsConsent)
        {
            return Issue(session, client, request, granted);
        }

        var decision = http.Request.Query[AuthorizeRequestUrl.DecisionParameter] is [{ } decided]
            ? tickets.ReadDecided(decided, session.User.Id, resume.ReturnUrl(requestUrl, http.Request))
            : null;
        if (decision is { Allowed: false })
        {
            return await RefuseAsync(http, ProtocolErrors.UserDenied, cancellationToken);
        }

        var missing = granted.Scopes.Except(session.ConsentedScopes).ToList();
        if (missing.Count == 0 && (decision is not null || !request.HasPromptValue(PromptValues.Consent)))
        {
            return Issue(session, client, request, granted);
        }

        return silent
            ? await RefuseAsync(http, ProtocolErrors.UserMustConsent, cancellationToken)
            : AskForConsent(session, client, request, granted.Scopes, missing, resume.ReturnUrl(requestUrl, http.Request));
    }

    private bool MustSignInAgain(UserSession session, OpenIddictRequest request) =>
        request.HasPromptValue(PromptValues.Login)
        || (request.MaxAge is { } maxAge && (clock.GetUtcNow() - session.SignedInAt).TotalSeconds > maxAge);

    // OpenID Connect Core §3.1.2.1: no answer about anybody but the user whom id_token_hint names.
    private static async Task<bool> IsAnotherThanHintedAsync(UserSession session, OpenIddictRequest request, HttpContext http) =>
        !string.IsNullOrEmpty(request.IdTokenHint)
        && (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal?.GetClaim(
            Claims.Subject) is { } subject
        && subject != session.User.Id.ToString("D");

    private IResult Issue(UserSession session, Client client, OpenIddictRequest request, GrantedScopes granted) =>
        Results.SignIn(
            claims.ForUser(session.User, session.SignedInAt, granted, request.NamedResources(), client),
            authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult SignIn(OpenIddictRequest request, string returnUrl)
    {
        var query = new QueryBuilder { { "returnUrl", returnUrl } };
        if (request.LoginHint is { Length: > 0 and <= User.EmailMaxLength } hint)
        {
            query.Add("email", hint);
        }

        return Results.Redirect("/sign-in" + query);
    }

    private IResult AskForConsent(
        UserSession session, Client client, OpenIddictRequest request, IReadOnlyList<string> scopes, IReadOnlyList<string> missing,
        string returnUrl)
    {
        var pending = new PendingConsent(
            session.User.Id, client.ClientId, request.RedirectUri!, scopes, missing, ConsentTickets.HashOf(returnUrl),
            client.DocumentHash);
        return Results.Redirect("/consent" + new QueryBuilder { { "returnUrl", returnUrl }, { "ticket", tickets.Pending(pending) } });
    }

    private async Task<IResult> RefuseAsync(HttpContext http, ProtocolError error, CancellationToken cancellationToken)
    {
        await pushed.SpendAsync(http, cancellationToken);
        return Results.Forbid(
            new AuthenticationProperties(new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = error.Error,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = error.Description,
            }),
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
