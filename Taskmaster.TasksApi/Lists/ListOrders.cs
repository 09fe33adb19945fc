using System.Collections;
using System.Globalization;
using System.Linq.Expressions;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Lists;

/// <summary>
/// The orders of one list by their names in <c>sort</c>. By creation is the first, and what a list is in unless asked otherwise.
/// </summary>
internal sealed class ListOrders<TRow, TItem>(Expression<Func<TRow, Guid>> id) : IEnumerable<string>
{
    public const string Creation = "created_at";

    private readonly Dictionary<string, ListOrder<TRow, TItem>> _orders = new(StringComparer.Ordinal)
    {
        [Creation] = new CreationOrder<TRow, TItem>(id),
    };

    public void Add(string name, Expression<Func<TRow, DateTime>> column, Func<TItem, DateTime> of) =>
        _orders.Add(name, new KeyOrder<TRow, TItem, DateTime>(
            column, id, item => of(item).Ticks.ToString(CultureInfo.InvariantCulture), key => ReadTime(key)));

    public void Add(string name, Expression<Func<TRow, string>> column, Func<TItem, string> of) =>
        _orders.Add(name, new KeyOrder<TRow, TItem, string>(column, id, of, key => StoredText.CanHold(key) ? key : null));

    public ListOrder<TRow, TItem>? Find(string name) => _orders.GetValueOrDefault(name);

    public IEnumerator<string> GetEnumerator() => _orders.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static DateTime? ReadTime(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= DateTime.MaxValue.Ticks
            ? new DateTime(value, DateTimeKind.Utc)
            : null;
}
