using System.Collections.Concurrent;
using System.Diagnostics;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Telemetry;

public sealed class RedisCommandTests : IAsyncLifetime, IDisposable
{
    private const string Requests = $"requests of {nameof(RedisCommandTests)}";

    private static readonly ActivitySource RequestSource = new(Requests);

    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly SingleRedis _redis = new();

    public RedisCommandTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is RedisCommands.TelemetryName or Requests,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Task InitializeAsync() => _redis.InitializeAsync();

    public Task DisposeAsync() => _redis.DisposeAsync();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_command_is_a_span_of_the_request_that_waits_and_shows_neither_key_nor_value()
    {
        var span = await BelowRequestAsync(
            () => _redis.Connection.SendAsync("SET", database => database.StringSetAsync("a key", "a value")));

        Assert.Equal(("SET", ActivityKind.Client, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        Assert.Equal(
            ["db.operation.name", "db.system.name", "server.address", "server.port"], span.TagObjects.Select(tag => tag.Key).Order());
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".StartsWith("a ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_Redis_refuses_is_an_error_by_its_code_without_Rediss_words()
    {
        await _redis.Connection.SendAsync("SET", database => database.StringSetAsync("text", "canary"));

        var span = await BelowRequestAsync(() => Assert.ThrowsAsync<RedisServerException>(
            () => _redis.Connection.SendAsync(
                "EVALSHA", database => database.ScriptEvaluateAsync("return redis.call('INCR', 'text')"), "add")));

        Assert.Equal("EVALSHA add", span.DisplayName);
        Assert.Equal((ActivityStatusCode.Error, null, "ERR"), (span.Status, span.StatusDescription, span.Text("error.type")));
    }

    [Fact]
    public async Task A_Redis_that_is_away_is_an_error_by_its_exception()
    {
        await _redis.Process.KillAsync();
        await TokenRedis.UntilAsync(() => Task.FromResult(!_redis.Connection.IsConnected));

        var span = await BelowRequestAsync(() => Assert.ThrowsAsync<RedisConnectionException>(
            () => _redis.Connection.SendAsync("GET", database => database.StringGetAsync("key"))));

        Assert.Equal(
            (ActivityStatusCode.Error, typeof(RedisConnectionException).FullName, null),
            (span.Status, span.Text("error.type"), span.Text("db.response.status_code")));
    }

    [Fact]
    public async Task What_is_done_for_no_request_begins_no_trace()
    {
        Assert.Null(Activity.Current);
        await _redis.Connection.SendAsync("DECR", database => database.StringDecrementAsync("number"));

        Assert.DoesNotContain(_ended, span => span.DisplayName == "DECR");
    }

    [Fact]
    public void Nothing_sends_a_command_past_its_span()
    {
        string[] sends =
        [
            "Taskmaster.ServiceDefaults/Hosting/RedisCommands.cs", "Taskmaster.TokenStore/Fast/RedisPipeline.cs",
            "Taskmaster.TokenStore/Redis/TokenCommands.cs", "Taskmaster.TokenStore/Redis/TokenDatabase.cs"
        ];

        var files = ((string[])[
            "Taskmaster.AuthServer", "Taskmaster.ServiceDefaults", "Taskmaster.TasksApi", "Taskmaster.TokenStore", "Taskmaster.Web"
        ])
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(file).Contains(".GetDatabase(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

        Assert.Equal(sends, files.Order(StringComparer.Ordinal));
    }

    private async Task<Activity> BelowRequestAsync(Func<Task> send)
    {
        using var request = RequestSource.StartActivity("request")!;
        await send();
        return Assert.Single(_ended, span => span.ParentSpanId == request.SpanId);
    }
}
