using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer;

internal sealed class IndexModel(ManagementClient management) : PageModel
{
    public IReadOnlyList<Client> Clients { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Clients = await management.ListClientsAsync(cancellationToken);
}
