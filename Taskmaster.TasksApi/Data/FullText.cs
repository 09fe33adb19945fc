using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Taskmaster.TasksApi.Data;

/// <summary>The words of a row's texts in a column that Postgres keeps up to date, and its index.</summary>
internal static class FullText
{
    /// <summary>The column's name; no entity has it as a property, because nothing but a search looks at it.</summary>
    public const string Column = "Search";

    /// <summary>Whole words as they stand: people write their tasks in any language.</summary>
    public const string Configuration = "simple";

    public static void HasFullText<TEntity>(this EntityTypeBuilder<TEntity> builder, string firstColumn, string secondColumn)
        where TEntity : class
    {
        var column = builder.Property<NpgsqlTsVector>(Column)
            .HasComputedColumnSql($"to_tsvector('{Configuration}', {firstColumn} || ' ' || {secondColumn})", stored: true)
            .Metadata;

        // Never written, and not read back after a write either.
        column.ValueGenerated = ValueGenerated.Never;
        column.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        column.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);

        builder.HasIndex(Column).HasMethod("GIN");
    }
}
