using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.ApiKeys;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TasksApi.Hosting;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TasksApi;

/// <summary>These tests take stores away, so they have an API to themselves.</summary>
[Collection(Alone.Name)]
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan WhenItHangs = TimeSpan.FromSeconds(3);

    private readonly TasksApiHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Behaviour", "48")]
    public async Task Without_Redis_every_token_is_answered_503_and_none_is_called_invalid()
    {
        var alice = await _host.NewAccountAsync();
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/api/tasks")).Status);

        var key = ProofKey.Es256();
        var bound = await _host.Issuer.AccessTokenAsync(
            alice.User, TaskmasterScopes.Tasks, principal => ((ClaimsIdentity)principal.Identity!).AddClaim(
                new Claim(OpenIddictConstants.Claims.Confirmation, DpopNames.Confirmation(key.Thumbprint), "JSON")));
        key.Nonce = (await WithProofAsync()).Headers["DPoP-Nonce"];
        Assert.Equal(HttpStatusCode.OK, (await WithProofAsync()).Status);

        await _host.Redis.KillAsync();

        // Whether it was used before nobody knows, so that it is not accepted.
        IsUnavailable(await WithProofAsync(), "The token store");
        for (var n = 0; n < 3; n++)
        {
            var started = Stopwatch.GetTimestamp();
            IsUnavailable(await alice.GetAsync("/api/tasks"), "The token store");
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Promptly);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Anonymous.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _host.Anonymous.SendAsync(HttpMethod.Get, "/health")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.Anonymous.SendAsync(HttpMethod.Get, "/alive")).Status);

        // It comes back empty: the token is gone, and that is an answer about the token.
        _host.Redis.Start();
        await TokenRedis.UntilAsync(async () => (await alice.GetAsync("/api/tasks")).Status == HttpStatusCode.Unauthorized);

        Task<Reply> WithProofAsync() => _host.Anonymous.SendAsync(
            HttpMethod.Get, "/api/tasks", content: null, ("Authorization", $"DPoP {bound}"),
            ("DPoP", key.Proof("GET", TasksApiHost.Origin + "/api/tasks", _host.Clock.GetUtcNow(), bound)));
    }

    [Fact]
    [Trait("Behaviour", "51")]
    public async Task Without_Postgres_data_is_503_while_tokens_are_still_told_apart()
    {
        var alice = await _host.NewAccountAsync();
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/api/tasks")).Status);
        var revoked = await _host.Issuer.AccessTokenAsync(alice.User, TaskmasterScopes.Tasks);

        await _host.Postgres.KillAsync();

        var started = Stopwatch.GetTimestamp();
        IsUnavailable(await alice.GetAsync("/api/tasks"), "The tasks database");
        IsUnavailable(await alice.PostAsync("/api/projects", new { name = "n", description = "d" }), "The tasks database");
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Promptly);

        await _host.Issuer.RevokeAsync(revoked);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.AsBearer(revoked).SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _host.Anonymous.SendAsync(HttpMethod.Get, "/health")).Status);

        await _host.Postgres.StartAsync();
        await TokenRedis.UntilAsync(async () => (await alice.GetAsync("/api/tasks")).Status == HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "48")]
    [Trait("Behaviour", "51")]
    public async Task An_API_key_needs_no_Redis_and_without_Postgres_is_neither_accepted_nor_called_invalid()
    {
        var user = Guid.CreateVersion7();
        var http = _host.WithKey(await _host.NewApiKeyAsync(user, [TaskmasterScopes.TasksRead]));

        await _host.Redis.KillAsync();
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);

        await _host.Postgres.KillAsync();
        _host.Clock.Advance(ApiKeyLookup.Memory);

        var started = Stopwatch.GetTimestamp();
        IsUnavailable(await http.SendAsync(HttpMethod.Get, "/api/tasks"), "The API keys' database");
        IsUnavailable(await _host.WithKey(ApiKeyFormat.Generate()).SendAsync(HttpMethod.Get, "/api/tasks"), "The API keys' database");
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Promptly);

        await _host.Postgres.StartAsync();
        await TokenRedis.UntilAsync(async () => (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status == HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "51")]
    public async Task A_Postgres_that_dies_halfway_leaves_neither_the_key_nor_what_it_was_to_create()
    {
        var alice = await _host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        await using var held = await HeldProject.HoldAsync(_host.Postgres.ConnectionString("tasksdb"), project);

        var creating = CreateAsync();
        await held.UntilWaitedForAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await CreateAsync()).Status);
        await _host.Postgres.KillAsync();
        IsUnavailable(await creating, "The tasks database");

        await _host.Postgres.StartAsync();
        await TokenRedis.UntilAsync(async () => (await alice.GetAsync("/api/tasks")).Status == HttpStatusCode.OK);
        (await alice.GetAsync("/api/tasks")).Is(HttpStatusCode.OK, "[]");
        var created = await CreateAsync();
        Assert.Equal(HttpStatusCode.Created, created.Status);
        (await CreateAsync()).Is(HttpStatusCode.Created, created.Body);
        Assert.Equal([created.Text("id")], (await alice.GetAsync("/api/tasks")).All("id"));

        Task<Reply> CreateAsync() => alice.Http.SendAsync(
            HttpMethod.Post, "/api/tasks", JsonContent.Create(new { title = "t", description = "d", project_id = project }),
            ("Idempotency-Key", "one"));
    }

    [Fact]
    [Trait("Behaviour", "51")]
    public async Task A_stream_of_events_ends_without_Postgres_and_goes_on_with_it_where_it_was()
    {
        var alice = await _host.NewAccountAsync();
        var (events, first) = await EventReader.OpenAsync(_host, alice.Http);
        await using var __ = events;

        await _host.Postgres.KillAsync();
        Assert.Null(await events.AnyAsync());
        IsUnavailable(await alice.GetAsync("/api/events"), "The tasks database");

        await _host.Postgres.StartAsync();
        await TokenRedis.UntilAsync(async () => (await alice.GetAsync("/api/tasks")).Status == HttpStatusCode.OK);
        var project = await alice.NewProjectAsync();
        var (resumed, _) = await EventReader.OpenAsync(_host, alice.Http, first.EventId);
        await using var ___ = resumed;
        Assert.Equal(project, (await resumed.NextAsync()).Subject);
    }

    /// <summary>More at once than there are connections and batches: those who wait for one are told in time as well.</summary>
    [Fact]
    [Trait("Behaviour", "51")]
    public async Task A_Postgres_that_hangs_is_a_503_in_time_for_all_who_read()
    {
        var alice = await _host.NewAccountAsync();
        var task = await alice.NewTaskAsync();
        var key = _host.WithKey(await _host.NewApiKeyAsync(alice.User, [TaskmasterScopes.TasksRead]));
        var admin = _host.AsBearer(await _host.Issuer.AccessTokenAsync(TasksApiHost.Admin, [TaskmasterScopes.TasksRead]));
        Func<Task<Reply>>[] requests =
        [
            () => alice.GetAsync("/api/tasks"), () => alice.GetAsync($"/api/tasks/{task}/relationships"),
            () => key.SendAsync(HttpMethod.Get, "/api/tasks"), () => admin.SendAsync(HttpMethod.Get, "/api/admin/projects"),
        ];
        var asked = Enumerable.Repeat(requests, 2 * ConnectionBudget.Requests).SelectMany(some => some).ToList();

        // Connections and statements are there, as in a service that runs.
        Assert.All(await Task.WhenAll(asked.Select(ask => ask())), reply => Assert.Equal(HttpStatusCode.OK, reply.Status));

        _host.Clock.Advance(ApiKeyLookup.Memory);
        await _host.Postgres.FreezeAsync();

        var answers = await Task.WhenAll(asked.Select(async ask =>
        {
            var started = Stopwatch.GetTimestamp();
            return (Reply: await ask(), Time: Stopwatch.GetElapsedTime(started));
        }));

        Assert.All(answers, answer =>
        {
            IsUnavailable(answer.Reply, "The ");
            Assert.InRange(answer.Time, TimeSpan.Zero, WhenItHangs);
        });

        await _host.Postgres.ThawAsync();
        await TokenRedis.UntilAsync(
            async () => (await alice.PatchAsync($"/api/tasks/{task}", new { status = "done" })).Status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await key.SendAsync(HttpMethod.Get, "/api/projects")).Status);
    }

    /// <summary>However long Npgsql takes to give a command up: it does, all are told, and then it goes on.</summary>
    [Fact]
    [Trait("Behaviour", "51")]
    public async Task A_Postgres_that_hangs_holds_up_no_write_for_good()
    {
        var alice = await _host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var task = await alice.NewTaskAsync(project);
        var body = new { title = "t", description = "d", project_id = project };
        await _host.Postgres.FreezeAsync();

        foreach (var reply in await Task.WhenAll(
            alice.GetAsync($"/api/tasks/{task}"), alice.GetAsync("/api/tasks?q=project"), alice.PostAsync("/api/tasks", body),
            alice.PatchAsync($"/api/tasks/{task}", new { status = "done" }),
            alice.PatchAsync("/api/tasks/bulk", new { tasks = new[] { new { id = task, status = "done" } } }),
            alice.Http.SendAsync(HttpMethod.Post, "/api/tasks", JsonContent.Create(body), ("Idempotency-Key", "one"))))
        {
            IsUnavailable(reply, "The tasks database");
        }

        await _host.Postgres.ThawAsync();
        await TokenRedis.UntilAsync(async () => (await alice.PostAsync("/api/tasks", body)).Status == HttpStatusCode.Created);
    }

    private static void IsUnavailable(Reply reply, string store)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"), (reply.Status, reply.Headers["Retry-After"]));
        Assert.Equal("application/problem+json", reply.Headers["Content-Type"]);
        Assert.Equal(503, JsonNode.Parse(reply.Body)!["status"]!.GetValue<int>());
        Assert.StartsWith(store, reply.Text("detail"), StringComparison.Ordinal);
    }
}
