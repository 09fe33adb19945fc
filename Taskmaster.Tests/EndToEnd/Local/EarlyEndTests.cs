using Taskmaster.AppHost.Local;

namespace Taskmaster.Tests.EndToEnd.Local;

public sealed class EarlyEndTests
{
    [Theory]
    [InlineData("Exited", true)]
    [InlineData("FailedToStart", true)]
    [InlineData("RuntimeUnhealthy", true)]
    [InlineData("Starting", false)]
    [InlineData("Waiting", false)]
    [InlineData(null, false)]
    public void What_will_never_be_ready_has_ended(string? state, bool expected) => Assert.Equal(expected, EarlyEnds.IsEnd(state));
}
