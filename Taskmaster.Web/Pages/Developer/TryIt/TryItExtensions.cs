using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer.TryIt;

internal static class TryItExtensions
{
    public static void AddTryIt(this IServiceCollection services)
    {
        services.AddHttpClient(TryClient.TasksApi, client => client.BaseAddress = new($"http://{ResourceNames.TasksApi}"))
            .ReportOutagesOf(ResourceNames.TasksApi);
        services.AddScoped<TryClient>();
    }
}
