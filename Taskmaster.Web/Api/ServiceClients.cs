using Microsoft.Extensions.Http.Resilience;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Api;

/// <summary>The services Web calls for the signed-in user.</summary>
internal static class ServiceClients
{
    public static void AddServiceClients(this IServiceCollection services)
    {
        services.AddTransient<AccessTokenHandler>();
        services.AddHttpClient<TasksClient>(client => client.BaseAddress = new($"http://{ResourceNames.TasksApi}"))
            .ReportOutagesOf(ResourceNames.TasksApi)
            .AddHttpMessageHandler<AccessTokenHandler>();
        services.AddHttpClient<ManagementClient>(client => client.BaseAddress = new($"http://{ResourceNames.AuthServer}"))
            .ReportOutagesOf(ResourceNames.AuthServer)
            .AddHttpMessageHandler<AccessTokenHandler>();

        // A person waits for the page: try again soon, give up soon. A code or refresh token must not be sent twice.
        services.ConfigureAll<HttpStandardResilienceOptions>(options =>
        {
            options.Retry.DisableForUnsafeHttpMethods();
            options.Retry.MaxRetryAttempts = 2;
            options.Retry.Delay = TimeSpan.FromMilliseconds(100);
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(2.4);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(2.5);
        });
    }

    /// <summary>Turns every way a service can be away into a <see cref="ServiceUnavailableException"/>, once retrying has ended.</summary>
    public static IHttpClientBuilder ReportOutagesOf(this IHttpClientBuilder client, string service) =>
        client.ConfigureAdditionalHttpMessageHandlers((handlers, provider) =>
            handlers.Insert(0, new OutageHandler(service, provider.GetRequiredService<OutageLog>())));
}
