namespace Taskmaster.Tests.Benchmarks;

/// <summary>What each flow of the built services costs their stores (docs/benchmarks.md). A count that grows is a regression.</summary>
public sealed class FlowCostTests(CountedFlows flows) : IClassFixture<CountedFlows>
{
    // Room for what AuthServer does by itself now and then, such as reading a client anew: a few of 50 flows, never each.
    private const double ByTheWay = 0.2;

    [Theory]
    [InlineData("ClientCredentials", 1, 0)]
    [InlineData("Authorize", 1, 1)]
    [InlineData("Redemption", 2, 0)]
    [InlineData("Refresh", 2, 0)]
    [InlineData("Introspection", 1, 0)]
    [InlineData("Revocation", 2, 0)]
    [InlineData("ApiRequest", 1, 1)]
    public void A_flow_costs_no_more_round_trips_and_SQL_than_published(string flow, int roundTrips, int sql)
    {
        var cost = flows.Of(flow);

        Assert.InRange(cost.RoundTrips, roundTrips - ByTheWay, roundTrips + ByTheWay);
        Assert.InRange(cost.Sql, sql - ByTheWay, sql + ByTheWay);
    }
}
