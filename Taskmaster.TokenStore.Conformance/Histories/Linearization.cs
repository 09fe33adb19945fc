namespace Taskmaster.TokenStore.Conformance.Histories;

/// <summary>
/// Looks for an order of the steps in which the model gives every result that was seen, and in which no step comes
/// before one that had ended when it started. A history without such an order is one that must not happen.
/// </summary>
internal static class Linearization
{
    public static bool Exists(IReadOnlyList<HistoryEvent> history, GrantModel model) =>
        Search([.. history.Where(step => step.Result != HistoryResult.Skipped)], 0, model, []);

    private static bool Search(HistoryEvent[] history, ulong done, GrantModel model, HashSet<(ulong, GrantModel)> tried)
    {
        if (done == (1UL << history.Length) - 1)
        {
            return true;
        }

        if (!tried.Add((done, model)))
        {
            return false;
        }

        for (var i = 0; i < history.Length; i++)
        {
            if ((done & (1UL << i)) == 0 && MayBeNext(history, done, i))
            {
                var (next, result) = model.Apply(history[i].Step);
                if (result == history[i].Result && Search(history, done | (1UL << i), next, tried))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool MayBeNext(HistoryEvent[] history, ulong done, int candidate)
    {
        for (var i = 0; i < history.Length; i++)
        {
            if (i != candidate && (done & (1UL << i)) == 0 && history[i].Ended < history[candidate].Started)
            {
                return false;
            }
        }

        return true;
    }
}
