using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Api;
using Taskmaster.Web.SignIn;

namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>
/// The code flow of one application, step by step: the authorization request, its answer, the exchange of the code, a call with
/// the token. The application's secret is typed for the exchange and kept nowhere.
/// </summary>
internal sealed class TryModel(
    ManagementClient management, TryClient tryClient, ShownOnce kept, PublicOrigin origin, TimeProvider clock) : PageModel
{
    private static readonly string[] AnswerFields = ["code", "error", "error_description", "state", "iss"];

    private static readonly string[] SignInScopes = ["openid", "profile", "email", "offline_access"];

    [BindProperty(SupportsGet = true)]
    public string ClientId { get; set; } = "";

    [BindProperty]
    public List<string> Scopes { get; set; } = [];

    /// <summary>Of the pair that the browser made; empty without JavaScript.</summary>
    [BindProperty]
    public string? CodeChallenge { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? CodeVerifier { get; set; }

    [BindProperty]
    public string? Nonce { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    [BindProperty(Name = TypedForms.NeverKept)]
    public string? ClientSecret { get; set; }

    public Client Client { get; private set; } = null!;

    public string RedirectUri => $"{origin.Value}{Address}";

    public string Address => $"/developer/{Uri.EscapeDataString(ClientId)}/try";

    public bool IsRegistered => Client.RedirectUris.Contains(RedirectUri, StringComparer.Ordinal);

    /// <summary>What the application may ask for.</summary>
    public IEnumerable<string> PossibleScopes => Client.TasksAccess switch
    {
        Api.TasksAccess.ReadWrite => [.. SignInScopes, TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite],
        Api.TasksAccess.Read => [.. SignInScopes, TaskmasterScopes.TasksRead],
        _ => SignInScopes,
    };

    /// <summary>The authorization request, once it is built.</summary>
    public string? AuthorizationUrl { get; private set; }

    public IReadOnlyList<ShownField> Asked { get; private set; } = [];

    /// <summary>What came back by redirect.</summary>
    public IReadOnlyList<ShownField> Answer { get; private set; } = [];

    /// <summary>Whether the answer is that of the request that was begun in this browser.</summary>
    public bool IsOurs { get; private set; }

    public ServiceAnswer? Tokens { get; private set; }

    public IdToken? IdToken { get; private set; }

    public string? CalledPath { get; private set; }

    public ServiceAnswer? Called { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        string? code, string? state, string? iss, string? error, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        if (code is null && error is null)
        {
            Scopes = [.. PossibleScopes.Where(scope => scope is not ("offline_access" or TaskmasterScopes.TasksWrite))];
            return Page();
        }

        Answer =
        [
            .. AnswerFields
                .Where(name => Query(name).Length > 0)
                .Select(name => new ShownField(name, Query(name))),
        ];
        var run = TryRun.Read(await kept.TakeAsync(KeptAs));
        IsOurs = run is not null && run.State == state && iss == origin.Value;
        if (IsOurs)
        {
            (Code, Nonce, Scope, CodeVerifier) = (code, run!.Nonce, run.Scope, run.CodeVerifier);
        }

        return Page();

        string Query(string name) => HttpContext.Request.Query[name].ToString();
    }

    /// <summary>Registers the address of this page as the application's redirect URI, beside those it has.</summary>
    public async Task<IActionResult> OnPostRegisterAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var answer = IsRegistered
            ? new(Client, null)
            : await management.UpdateClientAsync(ClientId, new(RedirectUris: [.. Client.RedirectUris, RedirectUri]), cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            ModelState.AddModelError("", string.Join(" ", refusal.Errors.Values.SelectMany(reasons => reasons).Append(refusal.Message)));
            return Page();
        }

        return LocalRedirect(Address);
    }

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var (run, challenge) = TryRun.Begin(string.Join(' ', PossibleScopes.Intersect(Scopes)), CodeChallenge);
        await kept.KeepAsync(KeptAs, run.Write());
        ShownField[] request =
        [
            new("response_type", "code"), new("client_id", ClientId), new("redirect_uri", RedirectUri), new("scope", run.Scope),
            new("state", run.State), new("nonce", run.Nonce), new("code_challenge", challenge), new("code_challenge_method", "S256"),
        ];
        Asked = [.. request.Where(field => field.Value.Length > 0)];
        AuthorizationUrl = QueryHelpers.AddQueryString(
            "/oauth2/authorize", Asked.Select(field => KeyValuePair.Create(field.Name, (string?)field.Value)));
        return Page();
    }

    public async Task<IActionResult> OnPostRedeemAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        // What is missing is for the token endpoint to say.
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = Code ?? "",
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = CodeVerifier ?? "",
        };
        IsOurs = true;
        using var proofs = Client.RequireDpop ? new TryProofs(clock) : null;
        Tokens = await tryClient.RedeemAsync(
            ClientId, Client.IsPublic ? null : ClientSecret?.Trim() ?? "", form, proofs, cancellationToken);
        ClientSecret = null;
        IdToken = IdToken.Read(Tokens.Text("id_token"));
        var granted = (Tokens.Text("scope") ?? Scope ?? "").Split(' ');
        CalledPath = granted.Contains(TaskmasterScopes.TasksRead)
            ? "/api/tasks?limit=3"
            : granted.Contains("openid") ? "/oauth2/userinfo" : null;
        if (CalledPath is not null && Tokens.Text("access_token") is { } accessToken)
        {
            Called = await tryClient.GetAsync(CalledPath, accessToken, proofs, cancellationToken);
        }

        return Page();
    }

    private string KeptAs => "try:" + ClientId;

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var answer = await management.GetClientAsync(ClientId, cancellationToken);
        Client = answer.Value!;
        return answer.Value is not null;
    }
}
