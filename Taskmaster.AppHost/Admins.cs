using Microsoft.Extensions.Configuration;

namespace Taskmaster.AppHost;

internal static class Admins
{
    /// <summary>
    /// Grants the admin role to the users whose ids the setting <c>Admins</c> lists: <c>--Admins:0=id</c>, <c>Admins__0</c>, user secrets.
    /// </summary>
    public static void GrantAdmins(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> tasksApi)
    {
        foreach (var (index, id) in (builder.Configuration.GetSection("Admins").Get<string[]>() ?? []).Index())
        {
            tasksApi.WithEnvironment($"Taskmaster__Admins__{index}", id);
        }
    }
}
