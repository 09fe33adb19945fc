using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.Web.Forwarding;

namespace Taskmaster.Tests.Web;

/// <summary>Whose time it is while a request is forwarded.</summary>
public sealed class ServiceTimeoutTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_service_that_says_nothing_is_given_up_in_time()
    {
        using var timeout = new ServiceTimeout(_clock);
        timeout.Start();

        _clock.Advance(ServiceTimeout.Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(timeout.HasElapsed);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(timeout.HasElapsed);
    }

    [Fact]
    public async Task A_caller_who_sends_slowly_takes_none_of_the_services_time()
    {
        using var timeout = new ServiceTimeout(_clock);
        timeout.Start();
        var caller = new Pipe();
        await using var body = new TimedBody(caller.Reader.AsStream(), timeout);
        var buffer = new byte[10];

        for (var part = 0; part < 3; part++)
        {
            var reading = body.ReadAsync(buffer);
            _clock.Advance(TimeSpan.FromMinutes(1));
            await caller.Writer.WriteAsync(new byte[] { 1, 2, 3 });
            Assert.Equal(3, await reading);
            Assert.False(timeout.HasElapsed);

            // Passed on to the service, which takes its time, but not all of it.
            _clock.Advance(ServiceTimeout.Limit / 2);
        }

        await caller.Writer.CompleteAsync();
        Assert.Equal(0, await body.ReadAsync(buffer));
        Assert.False(timeout.HasElapsed);
        _clock.Advance(ServiceTimeout.Limit);
        Assert.True(timeout.HasElapsed);
    }

    [Fact]
    public void An_answer_that_has_begun_may_go_on()
    {
        using var timeout = new ServiceTimeout(_clock);
        timeout.Start();
        timeout.Suspend();

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False(timeout.HasElapsed);
    }
}
