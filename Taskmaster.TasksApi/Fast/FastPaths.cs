using Microsoft.AspNetCore.Authentication;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Fast;

internal static class FastPaths
{
    /// <summary>
    /// Puts shortcuts in place of what the service does by ordinary means, for requests that are made most. Answers are the
    /// same without them: the setting <c>Fast:Enabled</c>, true unless said otherwise, leaves them out.
    /// </summary>
    public static void AddFastPaths(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue("Fast:Enabled", defaultValue: true))
        {
            return;
        }

        var services = builder.Services;
        services.AddOpenIddict().AddCore(core => core.UseFastRedisTokens());
        services.AddScoped<IAuthenticationService, AccessTokensFirst>();

        services.AddSingleton<UsualPage>();
        services.AddScoped<IListReader<TaskList, TaskResponse>, UsualTaskLists>();
        services.AddScoped<ITaskWriter, UsualTaskWrites>();
    }
}
