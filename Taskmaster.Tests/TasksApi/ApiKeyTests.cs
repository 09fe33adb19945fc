using System.Net;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.ApiKeys;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.ApiKeys;
using Taskmaster.Tests.TasksApi.Hosting;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class ApiKeyTests(TasksApiHost host)
{
    private const string Invalid = """{"error":"invalid_api_key","error_description":"The API key is invalid, expired or was revoked"}""";

    private static readonly string[] ReadAndWrite = [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite];

    [Fact]
    public async Task A_key_acts_for_its_user()
    {
        var alice = await host.NewAccountAsync();
        var task = await alice.NewTaskAsync();
        var byKey = alice with { Http = host.WithKey(await host.NewApiKeyAsync(alice.User, ReadAndWrite)) };

        Assert.Equal([task], (await byKey.GetAsync("/api/tasks")).All("id"));
        var project = await byKey.NewProjectAsync();
        Assert.Equal(alice.User.ToString(), (await alice.GetAsync($"/api/projects/{project}")).Text("created_by"));
    }

    [Theory]
    [Trait("Behaviour", "36")]
    [InlineData(TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite, "GET", "POST")]
    [InlineData(TaskmasterScopes.TasksWrite, TaskmasterScopes.TasksRead, "POST", "GET")]
    public async Task A_key_is_held_to_its_scopes(string granted, string missing, string allowed, string refused)
    {
        var http = host.WithKey(await host.NewApiKeyAsync(Guid.CreateVersion7(), [granted]));

        var reply = await http.SendAsync(new HttpMethod(refused), "/api/projects");

        reply.Is(
            HttpStatusCode.Forbidden,
            $$"""{"error":"insufficient_scope","error_description":"The API key does not have the scope {{missing}}"}""");
        Assert.Contains($"scope=\"{missing}\"", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        var other = await http.SendJsonAsync(new HttpMethod(allowed), "/api/projects", """{"name":"n","description":"d"}""");
        Assert.True(other.Status is HttpStatusCode.OK or HttpStatusCode.Created, other.Body);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_revoked_key_is_refused_within_a_second_by_every_replica()
    {
        var key = await host.NewApiKeyAsync(Guid.CreateVersion7(), ReadAndWrite);
        await using var other = host.StartApi();
        using var there = other.CreateClient();
        there.DefaultRequestHeaders.Add(ApiKeyFormat.Header, key);
        var here = host.WithKey(key);
        foreach (var replica in new[] { here, there })
        {
            Assert.Equal(HttpStatusCode.OK, (await replica.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        }

        await host.RevokeApiKeyAsync(key);
        host.Clock.Advance(ApiKeyLookup.Memory);

        Assert.InRange(ApiKeyLookup.Memory, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        foreach (var replica in new[] { here, there })
        {
            Refused(await replica.SendAsync(HttpMethod.Get, "/api/tasks"));
        }
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task The_keys_of_a_deleted_user_are_refused()
    {
        var user = Guid.CreateVersion7();
        var http = host.WithKey(await host.NewApiKeyAsync(user, ReadAndWrite));
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);

        await using (var database = host.OpenAuthDb())
        {
            Assert.Equal(1, await database.Users.Where(row => row.Id == user).ExecuteDeleteAsync());
        }

        host.Clock.Advance(ApiKeyLookup.Memory);
        Refused(await http.SendAsync(HttpMethod.Get, "/api/tasks"));
    }

    [Fact]
    public async Task A_key_works_until_it_expires()
    {
        var http = host.WithKey(
            await host.NewApiKeyAsync(Guid.CreateVersion7(), ReadAndWrite, host.Clock.GetUtcNow().AddMilliseconds(200)));
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);

        // Sooner than it would be looked up again.
        host.Clock.Advance(TimeSpan.FromMilliseconds(200));

        Refused(await http.SendAsync(HttpMethod.Get, "/api/tasks"));
    }

    [Fact]
    public async Task What_is_no_key_of_ours_is_refused()
    {
        var key = await host.NewApiKeyAsync(Guid.CreateVersion7(), ReadAndWrite);
        var token = await host.Issuer.AccessTokenAsync(Guid.CreateVersion7(), TaskmasterScopes.Tasks);

        foreach (var wrong in new[] { "", "x", token, ApiKeyFormat.Generate(), key[..^1], key
            + "A", key.ToUpperInvariant(), $"{key}, {key}" })
        {
            Refused(await host.WithKey(wrong).SendAsync(HttpMethod.Get, "/api/tasks"));
        }

        Refused(
            await host.AsBearer(key).SendAsync(HttpMethod.Get, "/api/tasks"),
            """{"error":"invalid_token","error_description":"The Access Token is invalid or was revoked"}""");
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey(key).SendAsync(HttpMethod.Get, "/api/tasks")).Status);
    }

    [Fact]
    public async Task A_key_beside_a_token_is_an_ambiguous_request()
    {
        var user = Guid.CreateVersion7();
        var http = host.AsBearer(await host.Issuer.AccessTokenAsync(user, TaskmasterScopes.Tasks));
        http.DefaultRequestHeaders.Add(ApiKeyFormat.Header, await host.NewApiKeyAsync(user, ReadAndWrite));

        (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Is(
            HttpStatusCode.Unauthorized,
            """{"error":"invalid_api_key","error_description":"Send an Access Token or an API key, not both"}""");
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_kept_and_never_goes_back()
    {
        var user = Guid.CreateVersion7();
        var http = host.WithKey(await host.NewApiKeyAsync(user, ReadAndWrite));
        Assert.Null(await LastUsedAsync(user));

        var used = host.Clock.GetUtcNow();
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        host.Clock.Advance(ApiKeyUse.Period);

        await TokenRedis.UntilAsync(async () => await LastUsedAsync(user) is not null);
        Assert.Equal(used, (await LastUsedAsync(user))!.Value, TimeSpan.FromMilliseconds(1));
    }

    private async Task<DateTimeOffset?> LastUsedAsync(Guid user)
    {
        await using var database = host.OpenAuthDb();
        return await database.ApiKeys.Where(row => row.UserId == user).Select(row => row.LastUsedAt).SingleAsync();
    }

    private static void Refused(Reply reply, string body = Invalid)
    {
        reply.Is(HttpStatusCode.Unauthorized, body);
        Assert.StartsWith("Bearer", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }
}
