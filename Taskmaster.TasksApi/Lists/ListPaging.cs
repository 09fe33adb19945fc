using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Lists;

/// <summary>Which rows of a list to answer with, in which order, and the cursor to what comes after them.</summary>
internal sealed class ListPaging<TRow, TItem>
{
    private readonly string _sort;
    private readonly ListOrder<TRow, TItem> _order;
    private readonly bool _descending;
    private readonly ListCursor? _cursor;
    private readonly Func<TItem, Guid> _idOf;

    private ListPaging(int size, string sort, ListOrder<TRow, TItem> order, ListCursor? cursor, Func<TItem, Guid> idOf)
    {
        Size = size;
        _sort = sort;
        _order = order;
        _descending = sort.StartsWith('-');
        _cursor = cursor;
        _idOf = idOf;
    }

    /// <summary>How many items to answer with at most; read one row more, which tells whether there is a rest.</summary>
    public int Size { get; }

    public int Read => Size + 1;

    /// <summary>Where the page before ended, if the list is in its usual order; <see cref="Guid.Empty"/> for its beginning.</summary>
    public Guid? AfterId => _sort == ListOrders<TRow, TItem>.Creation ? _cursor?.Id ?? Guid.Empty : null;

    /// <summary>What is wrong goes to <paramref name="query"/>; what is returned is then of no use.</summary>
    public static ListPaging<TRow, TItem> Of(
        IListRequest request, ListOrders<TRow, TItem> orders, Func<TItem, Guid> idOf, QueryFields query)
    {
        var sort = request.Sort ?? ListOrders<TRow, TItem>.Creation;
        var order = orders.Find(sort.StartsWith('-') ? sort[1..] : sort) ?? query.Wrong(
            "sort", $"sort must be one of: {string.Join(", ", orders)}; - before it turns it round",
            orders.Find(ListOrders<TRow, TItem>.Creation)!);

        ListCursor? cursor = null;
        if (request.Cursor is not null
            && !(ListCursor.TryParse(request.Cursor, out cursor)
                && cursor.Sort == sort
                && order.TryContinue(cursor, descending: false, out _)))
        {
            query.Wrong("cursor", "cursor must be one that this list gave in its Link header, in the same order", 0);
        }

        return new(ListSize.Of(request, query), sort, order, cursor, idOf);
    }

    public IQueryable<TRow> Apply(IQueryable<TRow> rows)
    {
        if (_cursor is not null && _order.TryContinue(_cursor, _descending, out var behind))
        {
            rows = rows.Where(behind);
        }

        return _order.Sort(rows, _descending).Take(Read);
    }

    /// <summary>The page out of the rows that were <see cref="Read"/>.</summary>
    public Page<TItem> Page(List<TItem> found)
    {
        if (found.Count <= Size)
        {
            return new(found, next: null);
        }

        found.RemoveRange(Size, found.Count - Size);
        return new(found, new ListCursor(_sort, _order.KeyOf(found[^1]), _idOf(found[^1])));
    }
}
