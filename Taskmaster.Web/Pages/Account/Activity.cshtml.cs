using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Account;

internal sealed class ActivityModel(ManagementClient management) : PageModel
{
    private const int PageSize = 30;

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public IReadOnlyList<AccountEvent> Events { get; private set; } = [];

    public Guid? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        (Events, Next) = await management.ListEventsAsync(PageSize, Before, cancellationToken);
}
