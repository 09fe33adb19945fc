using System.Globalization;

namespace Taskmaster.TasksApi.Events;

/// <summary>
/// A place in the order of changes, and when everything up to it had been read: the id of an event. Whoever makes one
/// up only chooses where in their own changes to begin.
/// </summary>
internal readonly record struct ChangePosition(DateTimeOffset ReadAt, ulong Xid, long Seq)
{
    private const char Separator = '-';

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ReadAt.ToUnixTimeMilliseconds()}{Separator}{Xid}{Separator}{Seq}");

    public static bool TryParse(string text, out ChangePosition position)
    {
        position = default;
        if (text.Split(Separator) is not [var time, var xid, var seq]
            || !IsNumber(time, out var milliseconds) || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || !ulong.TryParse(xid, NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            || !IsNumber(seq, out var number))
        {
            return false;
        }

        position = new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), transaction, number);
        return true;
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
