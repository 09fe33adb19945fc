using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Taskmaster.AppHost.Local;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AppHost;

/// <summary>Once all services are healthy, prints where to go and what to paste to get a first token and a first list of tasks.</summary>
internal sealed class FirstSteps(
    ResourceNotificationService resources, IConfiguration configuration, IDeveloperCertificateService certificates,
    LocalInstance instance, EndpointReference publicOrigin, Demo demo) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var service in new[] { ResourceNames.AuthServer, ResourceNames.TasksApi, ResourceNames.Mcp, ResourceNames.Web })
        {
            _ = await resources.WaitForResourceHealthyAsync(service, WaitBehavior.WaitOnResourceUnavailable, stoppingToken);
        }

        var curl = "curl -s" + (HttpsCertificates.ToTrust(publicOrigin.Scheme, certificates, instance) is { } file
            ? $" --cacert '{file.Replace("'", @"'\''", StringComparison.Ordinal)}'"
            : "");
        // Straight to the console: a logger's prefix on every line could not be pasted.
        await Console.Out.WriteLineAsync($"""

            Taskmaster is at {publicOrigin.Url}

              Demo account   {demo.Email}   {demo.Password}
              Demo client    {demo.ClientId}   {demo.ClientSecret}
              Dashboard      {DashboardUrl()}

            A first token, and the first tasks:

              TOKEN=$({curl} -u '{demo.ClientId}:{demo.ClientSecret}' -d grant_type=client_credentials {publicOrigin.Url}/oauth2/token | sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p')
              {curl} -H "Authorization: Bearer $TOKEN" {publicOrigin.Url}/api/tasks

            """);
    }

    /// <summary>With the token that signs in; the console's own, since what is printed there is for who started it.</summary>
    private string DashboardUrl()
    {
        var dashboard = resources.TryGetCurrentState("aspire-dashboard", out var state)
            ? state.Snapshot.Urls.FirstOrDefault(url => url.Name is "http" or "https")?.Url
            : null;
        dashboard ??= configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? "is off";
        return !dashboard.StartsWith("http", StringComparison.Ordinal) || dashboard.Contains("login?t=", StringComparison.Ordinal)
            ? dashboard
            : $"{dashboard.TrimEnd('/')}/login?t={configuration["AppHost:BrowserToken"]}";
    }
}
