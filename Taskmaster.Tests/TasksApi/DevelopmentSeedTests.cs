using System.Net;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class DevelopmentSeedTests(TasksApiHost host)
{
    [Fact]
    public async Task The_demo_user_has_a_project_with_tasks_however_often_the_service_starts()
    {
        var demo = await host.NewAccountAsync();
        await StartAndStopAsync(demo, "Development");
        await StartAndStopAsync(demo, "Development");

        Assert.Single((await demo.GetAsync("/api/projects")).All("id"));
        Assert.Equal(["done", "in_progress", "todo"], (await demo.GetAsync("/api/tasks")).All("status").Order());
    }

    [Fact]
    public async Task Outside_Development_nobody_is_given_anything()
    {
        var demo = await host.NewAccountAsync();
        await StartAndStopAsync(demo, "Production");

        (await demo.GetAsync("/api/projects")).Is(HttpStatusCode.OK, "[]");
    }

    private async Task StartAndStopAsync(Account demo, string environment)
    {
        await using var api = host.StartApi(("environment", environment), ("Demo:UserId", demo.User.ToString()));
        using var http = api.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/health")).Status);
    }
}
