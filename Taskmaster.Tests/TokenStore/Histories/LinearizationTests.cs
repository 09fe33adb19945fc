using Taskmaster.TokenStore.Conformance.Histories;

namespace Taskmaster.Tests.TokenStore.Histories;

/// <summary>A checker that finds nothing is worth nothing: these are histories it must refuse.</summary>
public sealed class LinearizationTests
{
    private static readonly GrantModel Fresh = new(Ended: false, Redeemed: 0, HasLeeway: true);

    [Fact]
    public void A_code_redeemed_twice_is_refused_even_when_the_two_overlap() => Assert.False(Linearization.Exists(
        [new(0, HistoryStep.Redeem, 1, 5, HistoryResult.Accepted), new(1, HistoryStep.Redeem, 2, 6, HistoryResult.Accepted)], Fresh));

    [Fact]
    public void A_token_alive_after_its_grant_ended_is_refused() => Assert.False(Linearization.Exists(
        [
            new(0, HistoryStep.Redeem, 1, 2, HistoryResult.Accepted),
            new(0, HistoryStep.Revoke, 3, 4, HistoryResult.Done),
            new(1, HistoryStep.Look, 5, 6, HistoryResult.Accepted),
        ],
        Fresh));

    [Fact]
    public void A_token_alive_while_its_grant_is_being_ended_is_allowed() => Assert.True(Linearization.Exists(
        [
            new(0, HistoryStep.Redeem, 1, 2, HistoryResult.Accepted),
            new(0, HistoryStep.Revoke, 3, 6, HistoryResult.Done),
            new(1, HistoryStep.Look, 4, 5, HistoryResult.Accepted),
        ],
        Fresh));
}
