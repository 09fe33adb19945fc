using System.Diagnostics.Metrics;
using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// The meter <c>Taskmaster.TasksApi</c>: <c>tasks_api.requests</c> by the client that asked (docs/telemetry.md). Clients are
/// without end, and whoever registers them could fill a collector's memory with them, so that only the first
/// <see cref="NamedClients"/> of a process are told apart.
/// </summary>
internal sealed class CallerRequests(IMeterFactory meters)
{
    public const string MeterName = "Taskmaster.TasksApi";
    public const int NamedClients = 100;

    private readonly BoundedNames _clients = new(NamedClients);

    private readonly Counter<long> _requests = meters.Create(MeterName)
        .CreateCounter<long>("tasks_api.requests", "{request}", "Requests to the API, by who made them.");

    public void Count(ClaimsPrincipal caller)
    {
        if (!_requests.Enabled)
        {
            return;
        }

        var client = caller.FindFirst(OpenIddictConstants.Claims.Private.Presenter)?.Value;
        var type = caller.Identity?.IsAuthenticated != true ? "anonymous"
            : caller.HasClaim(claim => claim.Type == TaskmasterClaims.ApiKey) ? "api_key"
            : client is not null && caller.FindFirst(OpenIddictConstants.Claims.Subject)?.Value == client ? "client"
            : "user";

        if (client is null)
        {
            _requests.Add(1, new KeyValuePair<string, object?>("tasks_api.caller.type", type));
            return;
        }

        _requests.Add(
            1,
            new("tasks_api.caller.type", type),
            new KeyValuePair<string, object?>("tasks_api.client.id", _clients.Of(client)));
    }
}
