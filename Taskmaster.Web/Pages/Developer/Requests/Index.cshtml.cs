using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer.Requests;

/// <summary>The request log of one application, with what went wrong on top.</summary>
internal sealed class IndexModel(ManagementClient management) : PageModel
{
    /// <summary>The value of the filter that takes all endpoints of the API as one.</summary>
    private const string Api = "api";

    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string ClientId { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Endpoint { get; set; }

    /// <summary>An error code or a status.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Answer { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Errors { get; set; }

    /// <summary>How many newer ones the pages before this one show.</summary>
    [BindProperty(SupportsGet = true)]
    public int Skip { get; set; }

    public Client Client { get; private set; } = null!;

    public RequestLog Log { get; private set; } = null!;

    public IReadOnlyList<LoggedRequest> Requests { get; private set; } = [];

    public IReadOnlyList<RequestGroup> Groups { get; private set; } = [];

    public bool IsFiltered => Errors || !string.IsNullOrEmpty(Endpoint) || !string.IsNullOrEmpty(Answer);

    public string Address => $"/developer/{Uri.EscapeDataString(ClientId)}/requests";

    public string? Newer { get; private set; }

    public string? Older { get; private set; }

    public IEnumerable<KeyValuePair<string, string>> Endpoints =>
        Log.Requests.Select(EndpointOf).Append(Api).Append(Endpoint).OfType<string>().Where(value => value.Length > 0).Distinct()
            .Order(StringComparer.Ordinal)
            .Select(value => KeyValuePair.Create(value, value == Api ? "Tasks API" : value));

    public IEnumerable<KeyValuePair<string, string>> Answers =>
        Log.Requests.Select(AnswerOf).Append(Answer).OfType<string>().Where(value => value.Length > 0).Distinct()
            .Order(StringComparer.Ordinal)
            .Select(value => KeyValuePair.Create(value, value));

    public static string AnswerOf(LoggedRequest request) => request.Error ?? request.Status.ToString(CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var client = management.GetClientAsync(ClientId, cancellationToken);
        var log = management.GetRequestLogAsync(ClientId, cancellationToken);
        await Task.WhenAll(client, log);
        if (await client is not { Value: { } found } || await log is not { Value: { } requests })
        {
            return NotFound();
        }

        (Client, Log) = (found, requests);
        var shown = requests.Requests.Where(IsShown).ToList();
        Groups = RequestGroup.Of(shown, found);
        Skip = Math.Clamp(Skip, 0, shown.Count);
        Requests = [.. shown.Skip(Skip).Take(PageSize)];
        Newer = Skip > 0 ? AddressFrom(Math.Max(0, Skip - PageSize)) : null;
        Older = Skip + PageSize < shown.Count ? AddressFrom(Skip + PageSize) : null;
        return Page();
    }

    private bool IsShown(LoggedRequest request) =>
        (!Errors || request.IsError)
        && (string.IsNullOrEmpty(Endpoint) || EndpointOf(request) == Endpoint)
        && (string.IsNullOrEmpty(Answer) || AnswerOf(request) == Answer);

    private static string EndpointOf(LoggedRequest request) => request.IsOfApi ? Api : request.Endpoint;

    private string AddressFrom(int skip) => QueryHelpers.AddQueryString(Address, new Dictionary<string, string?>
    {
        ["endpoint"] = string.IsNullOrEmpty(Endpoint) ? null : Endpoint,
        ["answer"] = string.IsNullOrEmpty(Answer) ? null : Answer,
        ["errors"] = Errors ? "true" : null,
        ["skip"] = skip == 0 ? null : skip.ToString(CultureInfo.InvariantCulture),
    });
}
