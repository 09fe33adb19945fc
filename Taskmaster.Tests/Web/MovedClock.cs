namespace Taskmaster.Tests.Web;

/// <summary>The time of day can be moved; waiting takes as long as it takes.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
