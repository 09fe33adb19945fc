using System.Globalization;
using System.Text.RegularExpressions;

namespace Taskmaster.TasksApi.Requests;

/// <summary>
/// The date-time of RFC 3339 §5.6, in whatever way programs write it: any number of digits of a second, small letters,
/// and the leap second, which is taken for the second after it. .NET's own parsing stops at seven digits.
/// </summary>
internal static partial class InternetTime
{
    private const string WholeSeconds = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Digits of a second that a <see cref="DateTime"/> holds; the rest is cut off. Stored times are in milliseconds.</summary>
    private const int TickDigits = 7;

    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default;
        if (Grammar().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var isLeapSecond = match.Groups["second"].ValueSpan is "60";
        var seconds =
            $"{match.Groups["date"].ValueSpan}T{match.Groups["minute"].ValueSpan}:{(isLeapSecond ? "59" : match.Groups["second"].ValueSpan)}";
        if (!DateTime.TryParseExact(
            seconds, WholeSeconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var local))
        {
            return false;
        }

        var ticks = local.Ticks + FractionOf(match.Groups["fraction"].ValueSpan) - OffsetOf(match.Groups["offset"].ValueSpan);
        if (isLeapSecond)
        {
            ticks += TimeSpan.TicksPerSecond;
        }

        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        utc = new DateTime(ticks, DateTimeKind.Utc);

        // Leap seconds are put in at midnight, UTC (RFC 3339 §5.7).
        return !isLeapSecond || utc.TimeOfDay < TimeSpan.FromSeconds(1);
    }

    private static long FractionOf(ReadOnlySpan<char> digits)
    {
        Span<char> ticks = stackalloc char[TickDigits];
        ticks.Fill('0');
        digits[..Math.Min(digits.Length, TickDigits)].CopyTo(ticks);
        return long.Parse(ticks, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static long OffsetOf(ReadOnlySpan<char> offset)
    {
        if (offset is "Z" or "z")
        {
            return 0;
        }

        var ticks = TimeSpan.ParseExact(offset[1..], "hh':'mm", CultureInfo.InvariantCulture).Ticks;
        return offset[0] == '-' ? -ticks : ticks;
    }

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<minute>[0-9]{2}:[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]+))?(?<offset>[Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
