namespace Taskmaster.TokenStore.Conformance.Histories;

/// <summary>
/// What a grant is, said as simply as can be: the store must not do anything that this cannot. Redeemed has a bit each
/// for the code, the first and the second refresh token.
/// </summary>
internal sealed record GrantModel(bool Ended, int Redeemed, bool HasLeeway)
{
    private const int Code = 1;
    private const int First = 2;
    private const int Second = 4;

    public (GrantModel Next, HistoryResult Result) Apply(HistoryStep step) => step switch
    {
        HistoryStep.Redeem => Use(Code, requires: 0, reusable: false),
        HistoryStep.RefreshFirst => Use(First, requires: Code, HasLeeway),
        HistoryStep.RefreshSecond => Use(Second, requires: First, HasLeeway),
        HistoryStep.Revoke => (this with { Ended = true }, HistoryResult.Done),
        _ => (this, !Ended && (Redeemed & Code) != 0 ? HistoryResult.Accepted : HistoryResult.Refused),
    };

    private (GrantModel, HistoryResult) Use(int token, int requires, bool reusable)
    {
        if (Ended || (Redeemed & requires) != requires)
        {
            return (this, HistoryResult.Refused);
        }

        if ((Redeemed & token) == 0)
        {
            return (this with { Redeemed = Redeemed | token }, HistoryResult.Accepted);
        }

        return reusable ? (this, HistoryResult.Accepted) : (this with { Ended = true }, HistoryResult.Refused);
    }
}
