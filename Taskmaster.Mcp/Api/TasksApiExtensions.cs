using Taskmaster.Mcp.Exchange;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Api;

internal static class TasksApiExtensions
{
    public static void AddTasksApi(this WebApplicationBuilder builder) =>
        builder.Services.AddHttpClient<TasksClient>(client => client.BaseAddress = new($"http://{ResourceNames.TasksApi}"))
            .AddHttpMessageHandler<ExchangedTokenHandler>();
}
