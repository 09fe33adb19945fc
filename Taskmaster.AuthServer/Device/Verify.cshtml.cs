using System.Globalization;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Pages;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Token;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Taskmaster.AuthServer.Device;

/// <summary>
/// Where the user of a device types its code and decides (RFC 8628 §3.3). Never silent, whatever was allowed before:
/// the code may be one that somebody else sent them (§5.4).
/// </summary>
internal sealed class VerifyModel(
    UserSessions sessions,
    VerificationAttempts attempts,
    DeviceDecisions decisions,
    ConsentRecords consents,
    ClientCache clients,
    AuthDbContext database,
    IssuedClaims claims) : FormPage
{
    public const string CodeField = "user_code";

    private const string WrongCode = "This code is not known, or is used or expired. Look at your device again.";
    private const string UsedCode = "This code was just used, and what you chose was not done. Look at your device again.";

    public string UserName { get; private set; } = string.Empty;

    /// <summary>As typed or linked; once it is found, as the device shows it.</summary>
    public string Code { get; private set; } = string.Empty;

    public string? ClientName { get; private set; }

    public ClientMaker Maker { get; private set; } = ClientMaker.Unknown;

    public IReadOnlyList<string> Permissions { get; private set; } = [];

    /// <summary>What the user decided a moment ago.</summary>
    public string? Decided { get; private set; }

    public bool AttemptsAreUsedUp { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] string? decided, CancellationToken cancellationToken)
    {
        if (await sessions.CurrentAsync(HttpContext, cancellationToken) is not { } session)
        {
            return SignInFirst();
        }

        Decided = decided;
        return await ShowAsync(session, await FindAsync(session, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? choice, CancellationToken cancellationToken)
    {
        if (await sessions.CurrentAsync(HttpContext, cancellationToken) is not { } session)
        {
            return SignInFirst();
        }

        var waiting = await FindAsync(session, cancellationToken);
        if (choice is not ("allow" or "deny") || TypedCode is not { } code || AttemptsAreUsedUp)
        {
            return await ShowAsync(session, waiting, cancellationToken);
        }

        var properties = new AuthenticationProperties { RedirectUri = $"{OAuthEndpoints.Verify}?decided={choice}" };
        if (waiting is not var (device, client) || !await decisions.TakeAsync(code, session.User.Id, choice))
        {
            if (!await decisions.WasMadeAsync(code, session.User.Id, choice))
            {
                return await RefuseAsync(session, waiting is null ? WrongCode : UsedCode);
            }

            // The button was pressed twice, and the other request was first.
            if (waiting is null)
            {
                await attempts.GiveBackAsync(session.User.Id);
            }

            return Redirect(properties.RedirectUri);
        }

        if (choice is "deny")
        {
            return Forbid(properties, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        // The code is used: a browser that gives this request up, as it does when the button is pressed twice, stops nothing any more.
        var granted = GrantedScopes.ForUser(client, device.GetScopes());
        if (!await consents.AllowAsync(session.User.Id, client, granted.Scopes, CancellationToken.None))
        {
            return await RefuseAsync(session, WrongCode);
        }

        try
        {
            var principal = claims.ForUser(session.User, session.SignedInAt, granted, device.GetResources(), client);
            await HttpContext.SignInAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, principal, properties);
            return new EmptyResult();
        }
        catch (ConcurrencyException)
        {
            // What the client has was revoked meanwhile, its device's code included.
            return await RefuseAsync(session, WrongCode);
        }
    }

    /// <summary>As OpenIddict looks for it: see <see cref="UserCodes"/>.</summary>
    private string? TypedCode => HttpContext.GetOpenIddictServerRequest()?.UserCode is { Length: > 0 } code ? code : null;

    private async Task<(System.Security.Claims.ClaimsPrincipal Device, Client Client)?> FindAsync(
        UserSession session, CancellationToken cancellationToken)
    {
        if (TypedCode is not { } code)
        {
            if (HttpMethods.IsPost(Request.Method))
            {
                ModelState.AddModelError(CodeField, "Enter the code that your device shows");
            }

            return null;
        }

        Code = code;
        if (!await attempts.TakeAsync(session.User.Id))
        {
            AttemptsAreUsedUp = true;
            return null;
        }

        var result = await HttpContext.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (result.Principal?.GetClaim(Claims.ClientId) is { } clientId
            && await clients.FindAsync(clientId, cancellationToken) is { } client)
        {
            await attempts.GiveBackAsync(session.User.Id);
            Code = result.Properties?.GetTokenValue(OpenIddictServerAspNetCoreConstants.Tokens.UserCode) ?? code;
            return (result.Principal, client);
        }

        ModelState.AddModelError(CodeField, WrongCode);
        return null;
    }

    /// <summary>The user has chosen, and it was not done.</summary>
    private async Task<IActionResult> RefuseAsync(UserSession session, string problem)
    {
        if (ModelState.IsValid)
        {
            ModelState.AddModelError(CodeField, problem);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await ShowAsync(session, waiting: null, CancellationToken.None);
    }

    private async Task<IActionResult> ShowAsync(
        UserSession session, (System.Security.Claims.ClaimsPrincipal Device, Client Client)? waiting, CancellationToken cancellationToken)
    {
        UserName = session.User.Name;
        if (AttemptsAreUsedUp)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = ((int)VerificationAttempts.Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (waiting is var (device, client))
        {
            ClientName = client.Name;
            Maker = await ClientMaker.OfAsync(database, client, cancellationToken);
            Permissions = [.. ScopeWords.For(GrantedScopes.ForUser(client, device.GetScopes()).Scopes).Select(entry => entry.Words)];
        }

        return Page();
    }

    private RedirectResult SignInFirst()
    {
        var returnUrl = OAuthEndpoints.Verify + (TypedCode is { } code ? QueryString.Create(CodeField, code) : QueryString.Empty);
        return Redirect("/sign-in" + new QueryBuilder { { "returnUrl", returnUrl } });
    }
}
