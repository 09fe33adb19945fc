using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;
using Taskmaster.Web.SignIn;
using Taskmaster.Web.Snippets;

namespace Taskmaster.Web.Pages.Developer;

internal sealed class DetailsModel(ManagementClient management, ShownOnce shownOnce, PublicOrigin origin, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string ClientId { get; set; } = "";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? RedirectUris { get; set; }

    [BindProperty]
    public string? PostLogoutRedirectUris { get; set; }

    [BindProperty]
    public bool RequirePkce { get; set; }

    [BindProperty]
    public bool RequireDpop { get; set; }

    [BindProperty]
    public string? IdTokenAlgorithm { get; set; }

    [BindProperty]
    public string? TasksAccess { get; set; }

    [BindProperty]
    public string? ClientUri { get; set; }

    [BindProperty]
    public string? PolicyUri { get; set; }

    [BindProperty]
    public string? SecretName { get; set; }

    [BindProperty]
    public DateOnly? ExpiresOn { get; set; }

    [BindProperty]
    public string? Overlap { get; set; } = SecretOverlap.Day;

    /// <summary>The settings the form was filled from, as <see cref="Client.SettingsVersion"/> tells them.</summary>
    [BindProperty]
    public string? Version { get; set; }

    public Client Client { get; private set; } = null!;

    /// <summary>Of the last 24 hours.</summary>
    public RequestCounts Counts { get; private set; } = null!;

    /// <summary>What the user typed beside what was saved meanwhile; null when nothing was.</summary>
    public Comparison? Comparison { get; private set; }

    /// <summary>A secret made a moment ago; this is the one time it is shown.</summary>
    public string? NewSecret { get; private set; }

    /// <summary>How many people have let the application in; null where it is not asked.</summary>
    public int? People { get; private set; }

    /// <summary>What a program calls the API with as the application itself; null where it may not, or its secret is not shown.</summary>
    public ApiAccess? Access => NewSecret is { } secret && Client.TasksAccess is Api.TasksAccess.Read or Api.TasksAccess.ReadWrite
        ? new(origin.Value, ClientId, secret, MayRead: true, MayWrite: Client.TasksAccess is Api.TasksAccess.ReadWrite)
        : null;

    public bool IsPast(DateTimeOffset time) => time <= clock.GetUtcNow();

    public string Ago(DateTimeOffset time) => Elapsed.Words(clock.GetUtcNow() - time);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        ShowSettings();
        NewSecret = await shownOnce.TakeAsync(ClientId);
        People = (await management.CountConsentsAsync(ClientId, cancellationToken)).Value?.People;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        if (Version != Client.SettingsVersion)
        {
            return Compare();
        }

        var change = new ClientChange(
            Name ?? "", Lines.Read(RedirectUris), Lines.Read(PostLogoutRedirectUris), Client.IsPublic ? null : RequirePkce, RequireDpop,
            TasksAccess, ClientUri ?? "", PolicyUri ?? "", IdTokenAlgorithm);
        var answer = await management.UpdateClientAsync(ClientId, change, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            ModelState.Add(Lines.Locate(refusal, "redirect_uris", RedirectUris));
            return Page();
        }

        return Done("Application saved.");
    }

    public async Task<IActionResult> OnPostAddSecretAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        if (ModelState.IsValid)
        {
            DateTimeOffset? expiresAt = ExpiresOn is { } day ? new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
            var answer = await management.AddSecretAsync(ClientId, new(SecretName, expiresAt), cancellationToken);
            if (answer is { Value: { } created })
            {
                await shownOnce.KeepAsync(ClientId, created.ClientSecret);
                return Done($"Secret {SecretName} added.");
            }

            ModelState.Add(answer.Refusal!, ("name", "SecretName"), ("expires_at", "ExpiresOn"));
        }

        ShowSettings();
        return Page();
    }

    public async Task<IActionResult> OnPostRollAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var answer = await management.RollSecretAsync(ClientId, new(Overlap), cancellationToken);
        if (answer is { Value: { } created })
        {
            await shownOnce.KeepAsync(ClientId, created.ClientSecret);
            return Done("Secret rolled.");
        }

        ModelState.Add(answer.Refusal!);
        ShowSettings();
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveSecretAsync(Guid secretId, CancellationToken cancellationToken) =>
        await management.RemoveSecretAsync(ClientId, secretId, cancellationToken) is null ? Done("Secret removed.") : NotFound();

    private IActionResult Compare()
    {
        var access = Api.TasksAccess.Options.ToDictionary();
        Comparison = new(
            Address,
            ("Name", Name, Client.Name),
            ("Redirect URIs", Lines.Write(Lines.Read(RedirectUris)), Lines.Write(Client.RedirectUris)),
            ("Post-logout redirect URIs", Lines.Write(
                Lines.Read(PostLogoutRedirectUris)), Lines.Write(Client.PostLogoutRedirectUris ?? [])),
            ("Homepage", ClientUri, Client.ClientUri),
            ("Privacy policy", PolicyUri, Client.PolicyUri),
            ("Require PKCE", YesOrNo(Client.IsPublic || RequirePkce), YesOrNo(Client.RequirePkce)),
            ("Require DPoP", YesOrNo(RequireDpop), YesOrNo(Client.RequireDpop)),
            ("Signature of id_tokens", IdTokenAlgorithm, Client.IdTokenSignedResponseAlg),
            ("What it may ask for", access.GetValueOrDefault(TasksAccess ?? ""), access.GetValueOrDefault(Client.TasksAccess)));
        if (Comparison.Differences.Count == 0)
        {
            return Done("Application saved.");
        }

        // Sent again, it replaces what the user has now seen, and nothing that comes later.
        Version = Client.SettingsVersion;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();

        static string YesOrNo(bool value) => value ? "Yes" : "No";
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var answer = management.GetClientAsync(ClientId, cancellationToken);
        var counts = management.CountRequestsAsync(ClientId, cancellationToken);
        await Task.WhenAll(answer, counts);
        (Client, Counts) = ((await answer).Value!, (await counts).Value!);
        return Client is not null && Counts is not null;
    }

    private void ShowSettings()
    {
        (Name, TasksAccess, Version) = (Client.Name, Client.TasksAccess, Client.SettingsVersion);
        (RequirePkce, RequireDpop, IdTokenAlgorithm) = (Client.RequirePkce, Client.RequireDpop, Client.IdTokenSignedResponseAlg);
        (ClientUri, PolicyUri) = (Client.ClientUri, Client.PolicyUri);
        RedirectUris = Lines.Write(Client.RedirectUris);
        PostLogoutRedirectUris = Lines.Write(Client.PostLogoutRedirectUris ?? []);
    }

    private string Address => $"/developer/{Uri.EscapeDataString(ClientId)}";

    private LocalRedirectResult Done(string notice)
    {
        TempData.Notify(notice);
        return LocalRedirect(Address);
    }
}
