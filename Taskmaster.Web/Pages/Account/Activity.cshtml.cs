using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Hosting;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Account;

internal sealed class ActivityModel(ManagementClient management, TasksClient tasks, ActorNames names) : PageModel
{
    private const int PageSize = 30;

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public IReadOnlyList<AccountEvent> Events { get; private set; } = [];

    public Guid? Next { get; private set; }

    /// <summary>Of tasks and projects; on the first page only.</summary>
    public IReadOnlyList<LoggedChange> Changes { get; private set; } = [];

    public ActorNames Names => names;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        (Events, Next) = await management.ListEventsAsync(PageSize, Before, cancellationToken);
        if (Before is null)
        {
            Changes = await ChangesAsync(cancellationToken);
            await names.ReadAsync(Changes.Select(change => change.Via), cancellationToken);
        }
    }

    /// <summary>None while they cannot be read: what happened to the account is there all the same.</summary>
    private async Task<IReadOnlyList<LoggedChange>> ChangesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await tasks.ListChangesAsync(cancellationToken)).Take(PageSize)];
        }
        catch (Exception exception) when (exception is ServiceUnavailableException or TooManyRequestsException)
        {
            return [];
        }
    }
}
