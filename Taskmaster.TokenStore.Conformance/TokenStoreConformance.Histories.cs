using CsCheck;
using Taskmaster.TokenStore.Conformance.Histories;
using Taskmaster.TokenStore.Conformance.Store;

namespace Taskmaster.TokenStore.Conformance;

public abstract partial class TokenStoreConformance
{
    // Redeeming is likelier than the rest, or most histories would be over before anything happened.
    private static readonly Gen<HistoryStep> Steps = Gen.Frequency(
        (4, Gen.Const(HistoryStep.Redeem)),
        (4, Gen.Const(HistoryStep.RefreshFirst)),
        (3, Gen.Const(HistoryStep.RefreshSecond)),
        (1, Gen.Const(HistoryStep.Revoke)),
        (3, Gen.Const(HistoryStep.Look)));

    /// <summary>A failure prints the seed; give it to CsCheck_Seed to see the same history planned again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "54")]
    public virtual async Task Random_histories_of_several_workers_are_ones_that_the_model_allows(bool hasLeeway)
    {
        await using var store = new StoreHost(
            connection, useFastRedisTokens, leeway: hasLeeway ? TimeSpan.FromHours(1) : TimeSpan.Zero);

        await Steps.Array[1, 5].Array[1, 4].SampleAsync(
            async workers =>
            {
                var history = await new GrantHistory(store).RunAsync(workers);
                Assert.True(
                    Linearization.Exists(history, new GrantModel(Ended: false, Redeemed: 0, hasLeeway)),
                    string.Join('\n', history.OrderBy(step => step.Started)));
            },
            iter: 150,
            threads: 1);
    }
}
