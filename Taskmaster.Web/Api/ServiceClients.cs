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

        services.WaitBrieflyForServices();
    }

    /// <summary>Turns every way a service can be away into a <see cref="ServiceUnavailableException"/>, once retrying has ended.</summary>
    /// <param name="client">The client.</param>
    /// <param name="service">What it calls.</param>
    /// <param name="asUser">Whether as the user who asked Web, and not as Web.</param>
    public static IHttpClientBuilder ReportOutagesOf(this IHttpClientBuilder client, string service, bool asUser = true) =>
        client.ConfigureAdditionalHttpMessageHandlers((handlers, provider) =>
            handlers.Insert(0, new OutageHandler(service, provider.GetRequiredService<OutageLog>(), asUser)));
}
