using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Taskmaster.TasksApi.Lists;

/// <summary>The order of creation. Version 7 ids begin with their time, so the id alone is the key.</summary>
internal sealed class CreationOrder<TRow, TItem>(Expression<Func<TRow, Guid>> id) : ListOrder<TRow, TItem>
{
    public override IQueryable<TRow> Sort(IQueryable<TRow> rows, bool descending) =>
        descending ? rows.OrderByDescending(id) : rows.OrderBy(id);

    public override bool TryContinue(ListCursor cursor, bool descending, [NotNullWhen(true)] out Expression<Func<TRow, bool>>? behind)
    {
        var last = cursor.Id;
        Expression<Func<Guid, bool>> condition = descending ? id => id < last : id => id > last;
        behind = cursor.Key.Length > 0
            ? null
            : Expression.Lambda<Func<TRow, bool>>(
                ReplacingExpressionVisitor.Replace(condition.Parameters[0], id.Body, condition.Body), id.Parameters[0]);
        return behind is not null;
    }

    public override string KeyOf(TItem item) => "";
}
