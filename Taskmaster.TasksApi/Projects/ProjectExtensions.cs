using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Projects;

internal static class ProjectExtensions
{
    public static void AddProjects(this WebApplicationBuilder builder) =>
        builder.Services.AddScoped<IListReader<ProjectList, ProjectResponse>, ProjectListReader>();
}
