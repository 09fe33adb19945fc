using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.ApiKeys;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Tests.AuthServer;

public sealed partial class ManagementApiTests
{
    [Fact]
    public async Task An_API_key_is_shown_once_listed_without_its_value_and_revoked()
    {
        var alice = await ManagerAsync();
        var expiry = host.Clock.GetUtcNow().AddDays(30);

        var created = (await alice.SendAsync(
            HttpMethod.Post, "/api-keys", $$"""{"name":" Backup script ","scopes":["tasks:read"],"expires_at":"{{expiry:O}}"}"""))
                .Is(HttpStatusCode.Created);

        Assert.Matches("^tmk_[A-Za-z0-9_-]{43}$", created["key"]);
        Assert.Equal(
            ("Backup script", created["key"][..8], created["key"][^4..]), (created["name"], created["hint"], created["last_four"]));

        var listed = Assert.Single(
            JsonNode.Parse((await alice.SendAsync(HttpMethod.Get, "/api-keys")).Is(HttpStatusCode.OK).Body)!.AsArray())!.AsObject();
        Assert.Equal(["id", "name", "hint", "last_four", "scopes", "created_at", "expires_at"], listed.Select(member => member.Key));
        Assert.Equal((created["id"], """["tasks:read"]"""), ((string?)listed["id"], listed["scopes"]!.ToJsonString()));

        (await alice.SendAsync(HttpMethod.Delete, $"/api-keys/{created["id"]}")).Is(HttpStatusCode.NoContent);
        Assert.Equal("[]", (await alice.SendAsync(HttpMethod.Get, "/api-keys")).Body);
        (await alice.SendAsync(HttpMethod.Delete, $"/api-keys/{created["id"]}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_database_holds_a_keys_hash_and_not_the_key()
    {
        var alice = await ManagerAsync();
        var key = (await alice.SendAsync(HttpMethod.Post, "/api-keys", """{"name":"Key","scopes":["tasks:write"]}"""))
            .Is(HttpStatusCode.Created)["key"];

        await using var scope = host.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database
            .SqlQuery<string>($"SELECT row_to_json(api_keys)::text AS \"Value\" FROM api_keys WHERE user_id = {alice.User.Id}")
                .SingleAsync();

        Assert.Contains(Convert.ToHexStringLower(ApiKeyFormat.HashOf(key)), row, StringComparison.Ordinal);
        Assert.DoesNotContain(key[ApiKey.HintLength..], row, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Anothers_API_key_is_not_there()
    {
        var bob = await ManagerAsync();
        var key = (await bob.SendAsync(HttpMethod.Post, "/api-keys", """{"name":"Key","scopes":["tasks:read"]}"""))
            .Is(HttpStatusCode.Created);
        var alice = await ManagerAsync();

        Assert.Equal("[]", (await alice.SendAsync(HttpMethod.Get, "/api-keys")).Is(HttpStatusCode.OK).Body);
        var foreign = (await alice.SendAsync(HttpMethod.Delete, $"/api-keys/{key["id"]}")).Is(HttpStatusCode.NotFound);
        var unknown = (await alice.SendAsync(HttpMethod.Delete, $"/api-keys/{Guid.CreateVersion7(host.Clock.GetUtcNow())}"))
            .Is(HttpStatusCode.NotFound);

        Assert.Equal(unknown.Body, foreign.Body);
        (await bob.SendAsync(HttpMethod.Delete, $"/api-keys/{key["id"]}")).Is(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{"scopes":["tasks:read"]}""", "name")]
    [InlineData("""{"name":"Key"}""", "scopes")]
    [InlineData("""{"name":"Key","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"Key","scopes":["tasks:read",null]}""", "scopes")]
    [InlineData("""{"name":"Key","scopes":["clients:manage"]}""", "scopes")]
    [InlineData("""{"name":"Key","scopes":["tasks:read"],"expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    public async Task What_is_wrong_with_an_API_key_is_said_by_field(string body, string field)
    {
        var alice = await ManagerAsync();

        var answer = (await alice.SendAsync(HttpMethod.Post, "/api-keys", body)).Is(HttpStatusCode.BadRequest);

        Assert.Equal(field, Assert.Single(answer.Json["errors"]!.AsObject()).Key);
        Assert.Equal("[]", (await alice.SendAsync(HttpMethod.Get, "/api-keys")).Body);
    }

    [Fact]
    public async Task The_number_of_API_keys_is_bounded()
    {
        var alice = await ManagerAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
            database.AddRange(Enumerable.Range(0, ApiKey.MaxCountPerUser).Select(n =>
                ApiKey.Generate(alice.User.Id, $"Key {n}", [TaskmasterScopes.TasksRead], host.Clock.GetUtcNow(), null, out _)));
            await database.SaveChangesAsync();
        }

        var answer = (await alice.SendAsync(HttpMethod.Post, "/api-keys", """{"name":"One more","scopes":["tasks:read"]}"""))
            .Is(HttpStatusCode.BadRequest);

        Assert.Equal("You can have 50 API keys or less", (string?)answer.Json["errors"]!["name"]![0]);
    }
}
