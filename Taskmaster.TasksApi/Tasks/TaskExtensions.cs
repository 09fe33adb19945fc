using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Tasks;

internal static class TaskExtensions
{
    public static void AddTasks(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<IListReader<TaskList, TaskResponse>, TaskListReader>();
        builder.Services.AddScoped<ITaskWriter, TaskWriter>();
    }
}
