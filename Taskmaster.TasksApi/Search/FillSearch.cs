using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NpgsqlTypes;

namespace Taskmaster.TasksApi.Search;

/// <summary>
/// Makes rows that have no words yet searchable: those that were there before words were the API's to tell, and those
/// that were written past it. Neither a version nor an event comes of it, because nothing that can be read has changed.
/// </summary>
internal static class FillSearch
{
    private const int Batch = 1000;

    public static async Task FillAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        await FillAsync(
            () => database.SqlQuery<Texts>(
                $"SELECT id, title AS first, description AS second FROM tasks WHERE search IS NULL LIMIT {Batch}"),
            (ids, words) => database.ExecuteSqlAsync(
                $"""
                UPDATE tasks SET search = filled.search FROM unnest({ids}, {words}) AS filled (id, search)
                WHERE tasks.id = filled.id AND tasks.search IS NULL
                """,
                cancellationToken),
            cancellationToken);
        await FillAsync(
            () => database.SqlQuery<Texts>(
                $"SELECT id, name AS first, description AS second FROM projects WHERE search IS NULL LIMIT {Batch}"),
            (ids, words) => database.ExecuteSqlAsync(
                $"""
                UPDATE projects SET search = filled.search FROM unnest({ids}, {words}) AS filled (id, search)
                WHERE projects.id = filled.id AND projects.search IS NULL
                """,
                cancellationToken),
            cancellationToken);
    }

    private static async Task FillAsync(
        Func<IQueryable<Texts>> unfilled, Func<Guid[], NpgsqlTsVector[], Task<int>> fill, CancellationToken cancellationToken)
    {
        while (await unfilled().ToListAsync(cancellationToken) is { Count: > 0 } rows)
        {
            await fill([.. rows.Select(row => row.Id)], [.. rows.Select(row => SearchWords.Vector(row.First, row.Second))]);
        }
    }

    private sealed record Texts(Guid Id, string First, string Second);
}
