using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.Web;

namespace Taskmaster.Tests.ServiceDefaults;

public sealed class OutageLogTests : IDisposable
{
    private readonly LoggedLines _lines = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly ILoggerFactory _factory;
    private readonly OutageLog _outages;

    public OutageLogTests()
    {
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_lines));
        _outages = new OutageLog(_factory.CreateLogger<OutageLog>(), _clock);
    }

    public void Dispose()
    {
        _factory.Dispose();
        _lines.Dispose();
    }

    [Fact]
    public void An_outage_is_told_of_when_it_begins_once_a_minute_and_when_it_ends()
    {
        Meet(3);
        Assert.EndsWith("redis is away: 1 requests answered 503 since the last such line. refused",
            Assert.Single(_lines.All), StringComparison.Ordinal);

        _clock.Advance(OutageLog.Reminder);
        Meet(2);
        Assert.EndsWith(
            "redis is away: 3 requests answered 503 since the last such line. refused", _lines.All.Last(), StringComparison.Ordinal);

        _outages.Back("redis");
        _outages.Back("redis");
        Assert.EndsWith("redis is back.", _lines.All.Last(), StringComparison.Ordinal);
        Assert.Equal(3, _lines.All.Count);
    }

    [Fact]
    public void Two_outages_at_once_are_two_lines()
    {
        _outages.Away("redis", null);
        _outages.Away("authserver", null);
        _outages.Back("tasksapi");

        Assert.Equal(2, _lines.All.Count);
    }

    private void Meet(int times)
    {
        for (var number = 0; number < times; number++)
        {
            _outages.Away("redis", new InvalidOperationException("outer", new IOException("refused")));
        }
    }
}
