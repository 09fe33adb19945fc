using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Hosting;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Account;

internal sealed class IndexModel(ManagementClient management, TasksClient tasks) : PageModel
{
    private const int RecentEvents = 5;

    public IReadOnlyList<Consent> Consents { get; private set; } = [];

    /// <summary>By the application's id, what it changed last in seven days.</summary>
    public IReadOnlyDictionary<string, LoggedChange> LastChanges { get; private set; } = new Dictionary<string, LoggedChange>();

    public IReadOnlyList<SignedInBrowser> Sessions { get; private set; } = [];

    public IReadOnlyList<AccountEvent> Events { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Consents = await management.ListConsentsAsync(cancellationToken);
        if (Consents.Count > 0)
        {
            LastChanges = (await LastChangesAsync(cancellationToken))
                .Where(change => change.Via?.Kind == Via.Application)
                .ToDictionary(change => change.Via!.ClientId);
        }

        Sessions = await management.ListSessionsAsync(cancellationToken);
        Events = (await management.ListEventsAsync(RecentEvents, before: null, cancellationToken)).Events;
    }

    public async Task<IActionResult> OnPostDisconnectAsync(string? clientId, CancellationToken cancellationToken) =>
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

    /// <summary>Who is let in can be seen, and turned out, whatever else is away.</summary>
    private async Task<List<LoggedChange>> LastChangesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await tasks.ListLastChangesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is ServiceUnavailableException or TooManyRequestsException)
        {
            return [];
        }
    }

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
