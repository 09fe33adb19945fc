using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Taskmaster.TasksApi.Lists;

/// <summary>
/// One order a list can be in: by a key, and among equal keys by id, so that nothing is left open and a page begins
/// exactly where the one before ended.
/// </summary>
internal abstract class ListOrder<TRow, TItem>
{
    public abstract IQueryable<TRow> Sort(IQueryable<TRow> rows, bool descending);

    /// <summary>The condition of the rows behind the cursor's; false when its key is none of this order.</summary>
    public abstract bool TryContinue(ListCursor cursor, bool descending, [NotNullWhen(true)] out Expression<Func<TRow, bool>>? behind);

    /// <summary>An item's key, as a cursor holds it.</summary>
    public abstract string KeyOf(TItem item);
}
