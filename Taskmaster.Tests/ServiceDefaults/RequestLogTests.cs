using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.ServiceDefaults.RequestLogs;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.ServiceDefaults;

/// <summary>How much of a client's requests Redis, and Garnet where it stands in for it, keep and for how long.</summary>
public abstract class RequestLogTests : IAsyncLifetime, IDisposable
{
    private const string Client = "client";

    private readonly ITokenRedis _redis;
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RequestLog _log;
    private readonly RequestLogReader _reader;

    protected RequestLogTests(ITokenRedis redis)
    {
        _redis = redis;
        var options = Options.Create(new RequestLogOptions());
        var metrics = new RequestLogMetrics(_services.GetRequiredService<IMeterFactory>());
        _log = new RequestLog(redis.Connection, options, metrics, _clock, NullLogger<RequestLog>.Instance);
        _reader = new RequestLogReader(redis.Connection, options, _clock);
    }

    public Task InitializeAsync() => _log.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _log.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _log.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Whatever_is_sent_in_a_clients_name_pushes_out_nothing_that_it_did_and_all_of_it_goes()
    {
        Send(RequestShare.Refused, 1);

        // In each period more than is described, and in all of them more than is kept.
        for (var period = 1; period <= 21; period++)
        {
            Send(RequestShare.Claimed, 30);
            Send(RequestShare.Succeeded, 30);
            await WrittenAsync(requests: 1 + (period * 60));
        }

        var requests = await _reader.ListAsync(Client);
        Assert.Equal(
            (200, 1, 100), (Count(RequestShare.Succeeded), Count(RequestShare.Refused), Count(RequestShare.Claimed)));
        Assert.Equal(requests.OrderByDescending(request => request.At), requests);
        Assert.Equal(new RequestCounts(1261, 1, 630), await _reader.CountAsync(Client));
        Assert.All(
            await LifetimesAsync(), lifetime => Assert.InRange(lifetime, TimeSpan.FromHours(23), TimeSpan.FromHours(25)));

        // A request that is written a day later: what is too old is gone, whether Redis has noticed or not.
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Empty(await _reader.ListAsync(Client));
        Send(RequestShare.Succeeded, 1);
        await WrittenAsync(requests: 1);
        Assert.Equal(1, await _redis.Connection.GetDatabase().SortedSetLengthAsync($"reqlog:{{{Client}}}:succeeded"));

        int Count(RequestShare share) => requests.Count(request => request.Endpoint == share.ToString());
    }

    private void Send(RequestShare share, int count)
    {
        for (var number = 0; number < count; number++)
        {
            if (!_log.Count(Client, share, isError: share is RequestShare.Refused))
            {
                continue;
            }

            var now = _clock.GetUtcNow();
            _log.Describe(Client, share, new()
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                Method = "POST",
                Endpoint = share.ToString(),
                Status = 200,
            });
        }
    }

    /// <summary>Lets periods pass until so many requests are counted.</summary>
    private Task WrittenAsync(int requests) => TokenRedis.UntilAsync(async () =>
    {
        if ((await _reader.CountAsync(Client)).Requests >= requests)
        {
            return true;
        }

        _clock.Advance(RequestLog.Period);
        return false;
    });

    private async Task<IReadOnlyList<TimeSpan>> LifetimesAsync()
    {
        var lifetimes = new List<TimeSpan>();
        foreach (var key in _redis.Connection.GetServers().Single().Keys(pattern: "reqlog:*"))
        {
            lifetimes.Add(await _redis.Connection.GetDatabase().KeyTimeToLiveAsync(key) ?? TimeSpan.MaxValue);
        }

        Assert.True(lifetimes.Count >= 4);
        return lifetimes;
    }
}

public sealed class RedisRequestLogTests(SingleRedis redis) : RequestLogTests(redis), IClassFixture<SingleRedis>;

public sealed class GarnetRequestLogTests(GarnetServer redis) : RequestLogTests(redis), IClassFixture<GarnetServer>;
