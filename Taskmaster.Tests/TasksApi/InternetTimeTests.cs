using System.Globalization;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.Tests.TasksApi;

/// <summary>RFC 3339 §5.6.</summary>
public sealed class InternetTimeTests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000")]
    [InlineData("2026-01-31t12:00:00z", "2026-01-31T12:00:00.0000000")]
    [InlineData("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.5000000")]
    [InlineData("2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.1234567")]
    [InlineData("2026-01-31T12:00:00.00000000000000000000000000000000000001Z", "2026-01-31T12:00:00.0000000")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.0000000")]
    [InlineData("2026-01-31T12:00:00-23:59", "2026-02-01T11:59:00.0000000")]
    [InlineData("2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999")]
    public void A_time_is_read_however_a_program_writes_it(string text, string utc)
    {
        Assert.True(InternetTime.TryParse(text, out var time));
        Assert.Equal((utc, DateTimeKind.Utc), (time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture), time.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31 12:00:00Z")]
    [InlineData("2026-01-31T12:00Z")]
    [InlineData("2026-1-31T12:00:00Z")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T12:00:61Z")]
    [InlineData("2026-01-31T12:00:60Z")]
    [InlineData("2026-01-31T12:00:00.Z")]
    [InlineData("2026-01-31T12:00:00,5Z")]
    [InlineData("2026-01-31T12:00:00+2:00")]
    [InlineData("2026-01-31T12:00:00+0200")]
    [InlineData("2026-01-31T12:00:00+24:00")]
    [InlineData("2026-01-31T12:00:00Z\n")]
    [InlineData("２026-01-31T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:60Z")]
    public void What_is_no_time_or_beyond_all_times_is_none(string text) => Assert.False(InternetTime.TryParse(text, out _));
}
