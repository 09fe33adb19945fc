using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;
using Taskmaster.Web.SignIn;
using Taskmaster.Web.Snippets;

namespace Taskmaster.Web.Pages.Developer;

internal sealed class ApiKeysModel(ManagementClient management, ShownOnce shownOnce, PublicOrigin origin, TimeProvider clock) : PageModel
{
    private const string Shown = "api-key";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public List<string> Scopes { get; set; } = [];

    [BindProperty]
    public DateOnly? ExpiresOn { get; set; }

    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>A key made a moment ago; this is the one time it is shown.</summary>
    public string? NewKey { get; private set; }

    /// <summary>What a program calls the API with; null where the new key is not in the list, and what it may do not known.</summary>
    public ApiAccess? Access => NewKey is { } value && Keys.LastOrDefault(key => key.IsOf(value)) is { } listed
        ? ApiAccess.OfApiKey(origin.Value, value, listed.Scopes)
        : null;

    public bool IsPast(DateTimeOffset time) => time <= clock.GetUtcNow();

    public static string Words(IReadOnlyList<string> scopes) => string.Join(" and ", scopes.Select(scope => scope switch
    {
        TaskmasterScopes.TasksRead => "read",
        TaskmasterScopes.TasksWrite => "write",
        _ => scope,
    }));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Scopes = [TaskmasterScopes.TasksRead];
        NewKey = await shownOnce.TakeAsync(Shown);
        Keys = await management.ListApiKeysAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
        {
            DateTimeOffset? expiresAt = ExpiresOn is { } day ? new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
            var answer = await management.CreateApiKeyAsync(new(Name, Scopes, expiresAt), cancellationToken);
            if (answer is { Value: { } created })
            {
                await shownOnce.KeepAsync(Shown, created.Key);
                return Done($"API key {Name} created.");
            }

            ModelState.Add(answer.Refusal!, ("expires_at", "ExpiresOn"));
        }

        Keys = await management.ListApiKeysAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken) =>
        await management.RevokeApiKeyAsync(id, cancellationToken) is null ? Done("API key revoked.") : NotFound();

    private LocalRedirectResult Done(string notice)
    {
        TempData.Notify(notice);
        return LocalRedirect("/developer/api-keys");
    }
}
