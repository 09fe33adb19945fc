using System.Net;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class RateLimitTests(TasksApiHost host)
{
    [Fact]
    [Trait("Behaviour", "45")]
    public async Task A_user_over_the_limit_is_told_when_to_come_back_and_another_is_served()
    {
        await using var api = host.StartApi(("RateLimits:api:Limit", "2"), ("RateLimits:api:Window", "01:00:00"));
        using var alice = await ClientAsync(api, Guid.CreateVersion7());
        using var bob = await ClientAsync(api, Guid.CreateVersion7());

        var first = await alice.SendAsync(HttpMethod.Get, "/api/tasks");
        Assert.Equal((HttpStatusCode.OK, "\"api\";q=2;w=3600"), (first.Status, first.Headers["RateLimit-Policy"]));
        Assert.StartsWith("\"api\";r=1;t=", first.Headers["RateLimit"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await alice.SendAsync(HttpMethod.Get, "/api/projects")).Status);

        var refused = await alice.SendAsync(HttpMethod.Get, "/api/tasks");
        var seconds = refused.Headers["Retry-After"];
        refused.Is(HttpStatusCode.TooManyRequests, $$"""{"message":"Too many requests. Try again in {{seconds}} s."}""");
        Assert.Equal($"\"api\";r=0;t={seconds}", refused.Headers["RateLimit"]);
        Assert.Equal(HttpStatusCode.OK, (await bob.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Requests_without_a_good_token_are_counted_by_address()
    {
        await using var api = host.StartApi(("RateLimits:anonymous:Limit", "1"), ("RateLimits:anonymous:Window", "01:00:00"));
        using var stranger = api.CreateClient();
        using var alice = await ClientAsync(api, Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.OK, (await alice.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.OK, (await stranger.SendAsync(HttpMethod.Get, "/alive")).Status);
    }

    private async Task<HttpClient> ClientAsync(
        Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Taskmaster.TasksApi.Data.TasksDbContext> api, Guid user)
    {
        var client = api.CreateClient();
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer", await host.Issuer.AccessTokenAsync(user, TasksApiHost.DocumentedScopes));
        return client;
    }
}
