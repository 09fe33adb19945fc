using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Taskmaster.TasksApi.Lists;

/// <summary>
/// The order of a column, then of the id. Comparing both as one row value, Postgres finds the place in the index of both.
/// </summary>
/// <param name="key">The column.</param>
/// <param name="id">The row's id.</param>
/// <param name="keyOf">The same column of an item, as a cursor holds it.</param>
/// <param name="read">The key in a cursor; null when it is none.</param>
internal sealed class KeyOrder<TRow, TItem, TKey>(
    Expression<Func<TRow, TKey>> key, Expression<Func<TRow, Guid>> id, Func<TItem, string> keyOf, Func<string, object?> read)
        : ListOrder<TRow, TItem>
{
    public override IQueryable<TRow> Sort(IQueryable<TRow> rows, bool descending) =>
        descending ? rows.OrderByDescending(key).ThenByDescending(id) : rows.OrderBy(key).ThenBy(id);

    public override bool TryContinue(ListCursor cursor, bool descending, [NotNullWhen(true)] out Expression<Func<TRow, bool>>? behind)
    {
        behind = null;
        if (read(cursor.Key) is TKey lastKey)
        {
            var lastId = cursor.Id;
            behind = OfRow(descending
                ? (key, id) => EF.Functions.LessThan(ValueTuple.Create(key, id), ValueTuple.Create(lastKey, lastId))
                : (key, id) => EF.Functions.GreaterThan(ValueTuple.Create(key, id), ValueTuple.Create(lastKey, lastId)));
        }

        return behind is not null;
    }

    public override string KeyOf(TItem item) => keyOf(item);

    /// <summary>The condition with the row's key and id in place of its parameters.</summary>
    private Expression<Func<TRow, bool>> OfRow(Expression<Func<TKey, Guid, bool>> condition)
    {
        var row = key.Parameters[0];
        var idOfRow = ReplacingExpressionVisitor.Replace(id.Parameters[0], row, id.Body);
        var body = ReplacingExpressionVisitor.Replace(condition.Parameters[0], key.Body, condition.Body);
        return Expression.Lambda<Func<TRow, bool>>(ReplacingExpressionVisitor.Replace(condition.Parameters[1], idOfRow, body), row);
    }
}
