using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer.Requests;

/// <summary>One request of the log: what is kept of it, why it was refused, and how to send it again.</summary>
internal sealed class DetailsModel(ManagementClient management, PublicOrigin origin) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string ClientId { get; set; } = "";

    public Client Client { get; private set; } = null!;

    public LoggedRequest Logged { get; private set; } = null!;

    public Situation? Situation { get; private set; }

    public UriDifference? Difference { get; private set; }

    public string Curl => CurlCommand.Of(Logged, ClientId, origin.Value);

    public string Log => $"/developer/{Uri.EscapeDataString(ClientId)}/requests";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var client = management.GetClientAsync(ClientId, cancellationToken);
        var log = management.GetRequestLogAsync(ClientId, cancellationToken);
        await Task.WhenAll(client, log);
        if (await client is not { Value: { } found }
            || (await log).Value?.Requests.FirstOrDefault(request => request.Id == id) is not { } logged)
        {
            return NotFound();
        }

        (Client, Logged) = (found, logged);
        if (logged.IsError)
        {
            Situation = Situations.Of(logged);
            Difference = RequestGroup.DifferenceOf(Situation, logged, found);
        }

        return Page();
    }
}
