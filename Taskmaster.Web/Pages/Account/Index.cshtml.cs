using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Account;

internal sealed class IndexModel(ManagementClient management) : PageModel
{
    private const int RecentEvents = 5;

    public IReadOnlyList<Consent> Consents { get; private set; } = [];

    public IReadOnlyList<SignedInBrowser> Sessions { get; private set; } = [];

    public IReadOnlyList<AccountEvent> Events { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Consents = await management.ListConsentsAsync(cancellationToken);
        Sessions = await management.ListSessionsAsync(cancellationToken);
        Events = (await management.ListEventsAsync(RecentEvents, before: null, cancellationToken)).Events;
    }

    public async Task<IActionResult> OnPostDisconnectAsync(string clientId, CancellationToken cancellationToken) =>
        Done(await management.WithdrawConsentAsync(clientId, cancellationToken), "Application disconnected. Its access has ended.");

    public async Task<IActionResult> OnPostDisconnectAllAsync(CancellationToken cancellationToken) =>
        Done(await management.WithdrawAllConsentsAsync(cancellationToken), "All applications disconnected. Their access has ended.");

    public async Task<IActionResult> OnPostEndSessionAsync(Guid id, CancellationToken cancellationToken) =>
        Done(await management.EndSessionAsync(id, cancellationToken), "That browser is signed out.");

    public async Task<IActionResult> OnPostEndOtherSessionsAsync(CancellationToken cancellationToken) =>
        Done(await management.EndOtherSessionsAsync(cancellationToken), "All other browsers are signed out.");

    /// <summary>Ends the session here and, by OpenID Connect RP-Initiated Logout 1.0, at AuthServer.</summary>
    public IActionResult OnPostSignOut() => SignOut(
        new AuthenticationProperties { RedirectUri = "/" },
        CookieAuthenticationDefaults.AuthenticationScheme,
        OpenIdConnectDefaults.AuthenticationScheme);

    private IActionResult Done(Refusal? refusal, string notice)
    {
        if (refusal is not null)
        {
            return NotFound();
        }

        TempData.Notify(notice);
        return LocalRedirect("/account");
    }
}
