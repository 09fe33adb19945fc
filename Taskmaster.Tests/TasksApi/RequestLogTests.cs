using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.ServiceDefaults.RequestLogs;
using Taskmaster.Tests.TasksApi.Hosting;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class RequestLogTests(TasksApiHost host)
{
    [Fact]
    public async Task A_clients_requests_are_in_its_log_with_what_they_asked_of_the_API_and_not_what_users_wrote()
    {
        var (client, user) = (Guid.CreateVersion7().ToString("N"), Guid.CreateVersion7());
        var http = await AsAsync(client, TaskmasterScopes.TasksRead);
        var expiring = await AsAsync(
            client, TaskmasterScopes.TasksRead, token => token.SetExpirationDate(host.Clock.GetUtcNow().AddSeconds(1)));
        var task = Guid.CreateVersion7();
        await AskAsync(http, HttpMethod.Get, "/api/tasks?q=canary", HttpStatusCode.OK);
        await AskAsync(http, HttpMethod.Get, $"/api/tasks/{task}", HttpStatusCode.NotFound);
        await AskAsync(http, HttpMethod.Delete, $"/api/tasks/{task}", HttpStatusCode.Forbidden);
        await AskAsync(http, HttpMethod.Get, "/api/canary", HttpStatusCode.NotFound);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await AskAsync(expiring, HttpMethod.Get, "/api/tasks", HttpStatusCode.Unauthorized);

        // Nobody's: of no client, and of Web, whose users are not its owner's to watch.
        await AskAsync(host.Anonymous, HttpMethod.Get, "/api/tasks", HttpStatusCode.Unauthorized);
        await AskAsync(await AsAsync(WellKnownClients.Web, TaskmasterScopes.TasksRead), HttpMethod.Get, "/api/tasks", HttpStatusCode.OK);

        var reader = host.Services.GetRequiredService<RequestLogReader>();
        await TokenRedis.UntilAsync(async () =>
        {
            host.Clock.Advance(RequestLog.Period);
            return (await reader.CountAsync(client)).Requests == 5;
        });

        Assert.Equal(
            [
                "GET /api/tasks 401 invalid_token The Access Token expired",
                "GET /api/... 404  ",
                $"DELETE /api/tasks/{task} 403 insufficient_scope The Access Token does not have the scope tasks:write",
                $"GET /api/tasks/{task} 404  ",
                "GET /api/tasks 200  ",
            ],
            (await reader.ListAsync(client)).Select(
                request => $"{request.Method} {request.Endpoint} {request.Status} {request.Error} {request.Description}"));
        Assert.Equal(new RequestCounts(5, 4, 0), await reader.CountAsync(client));
        Assert.Empty(await reader.ListAsync(WellKnownClients.Web));

        async Task<HttpClient> AsAsync(string presenter, string scope, Action<System.Security.Claims.ClaimsPrincipal>? change = null) =>
            host.AsBearer(await host.Issuer.AccessTokenAsync(user, [scope], token =>
            {
                token.SetPresenters(presenter);
                change?.Invoke(token);
            }));
    }

    private async Task AskAsync(HttpClient http, HttpMethod method, string path, HttpStatusCode status)
    {
        // The log is in the order of time, and the clock stands still.
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        using var response = await http.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }
}
