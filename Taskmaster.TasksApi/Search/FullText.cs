using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Taskmaster.TasksApi.Search;

/// <summary>How what is looked through is kept, and found again.</summary>
internal static class FullText
{
    /// <summary>
    /// Null where a row was written by something else than this version of the API: <see cref="FillSearch"/> finds such
    /// rows by an index that is otherwise empty.
    /// </summary>
    private const string Unfilled = "search IS NULL";

    public static void HasFullText<TEntity>(this EntityTypeBuilder<TEntity> builder)
        where TEntity : class, ISearchable
    {
        builder.Property(row => row.Search);
        builder.HasIndex(row => row.Search).HasMethod("GIN");
        builder.HasIndex(nameof(ISearchable.Id)).HasFilter(Unfilled);
    }
}
