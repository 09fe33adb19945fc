using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.Web.Forwarding;

namespace Taskmaster.Tests.Web;

/// <summary>Whose time it is while a request is forwarded.</summary>
public sealed class ServicePatienceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_service_that_says_nothing_is_given_up_in_time()
    {
        using var patience = new ServicePatience(_clock);
        patience.ServicesTurn();

        _clock.Advance(ServicePatience.Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(patience.IsOver);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(patience.IsOver);
    }

    [Fact]
    public async Task A_caller_who_sends_slowly_takes_none_of_the_services_time()
    {
        using var patience = new ServicePatience(_clock);
        patience.ServicesTurn();
        var caller = new Pipe();
        await using var body = new PatientBody(caller.Reader.AsStream(), patience);
        var buffer = new byte[10];

        for (var part = 0; part < 3; part++)
        {
            var reading = body.ReadAsync(buffer);
            _clock.Advance(TimeSpan.FromMinutes(1));
            await caller.Writer.WriteAsync(new byte[] { 1, 2, 3 });
            Assert.Equal(3, await reading);
            Assert.False(patience.IsOver);

            // Passed on to the service, which takes its time, but not all of it.
            _clock.Advance(ServicePatience.Limit / 2);
        }

        await caller.Writer.CompleteAsync();
        Assert.Equal(0, await body.ReadAsync(buffer));
        Assert.False(patience.IsOver);
        _clock.Advance(ServicePatience.Limit);
        Assert.True(patience.IsOver);
    }

    [Fact]
    public void An_answer_that_has_begun_may_go_on()
    {
        using var patience = new ServicePatience(_clock);
        patience.ServicesTurn();
        patience.CallersTurn();

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.False(patience.IsOver);
    }
}
