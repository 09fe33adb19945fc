using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;

namespace Taskmaster.Tests.Benchmarks;

public sealed class BenchmarkOptionsTests
{
    [Fact]
    public void Without_arguments_everything_is_measured_in_nine_rounds()
    {
        var options = BenchmarkOptions.Of([])!;

        Assert.Equal((Subject.Everything, 9, null), (options.Subject, options.Rounds, options.Only));
    }

    [Fact]
    public void A_part_takes_flows_and_rounds_of_its_own()
    {
        var options = BenchmarkOptions.Of(["--through-web", "--only", "Refresh,codeflow", "--rounds", "2"])!;

        Assert.Equal((Subject.ThroughWeb, 2), (options.Subject, options.Rounds));
        Assert.Equal([Flow.CodeFlow, Flow.Refresh], options.Only!.Order());
    }

    [Theory]
    [InlineData("--fast")]
    [InlineData("load")]
    [InlineData("--only")]
    [InlineData("--only", "Refresh,Nothing")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "many")]
    [InlineData("--only", "Refresh", "--short")]
    public void What_means_nothing_is_refused(params string[] arguments) => Assert.Null(BenchmarkOptions.Of(arguments));
}
