using Microsoft.Extensions.Hosting;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.AppHost;

/// <summary>Once all services are healthy, prints where to go and what to paste to get a first token and a first list of tasks.</summary>
internal sealed class FirstSteps(ResourceNotificationService resources, EndpointReference publicOrigin, Demo demo) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var service in new[] { ResourceNames.AuthServer, ResourceNames.TasksApi, ResourceNames.Web })
        {
            _ = await resources.WaitForResourceHealthyAsync(service, WaitBehavior.WaitOnResourceUnavailable, stoppingToken);
        }

        // Straight to the console: a logger's prefix on every line could not be pasted.
        await Console.Out.WriteLineAsync($"""

            Taskmaster is at {publicOrigin.Url}

              Demo account   {demo.Email}   {demo.Password}
              Demo client    {demo.ClientId}   {demo.ClientSecret}

            A first token, and the first tasks:

              TOKEN=$(curl -s -u '{demo.ClientId}:{demo.ClientSecret}' -d grant_type=client_credentials {publicOrigin.Url}/oauth2/token | sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p')
              curl -s -H "Authorization: Bearer $TOKEN" {publicOrigin.Url}/api/tasks

            """);
    }
}
