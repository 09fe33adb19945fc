using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Taskmaster.TasksApi.Data;

internal static class Constraints
{
    /// <summary>SQL of a check that a column holds one of an enum's names.</summary>
    public static string OneOf<TEnum>(string column) where TEnum : struct, Enum =>
        $"{column} IN ({string.Join(", ", WireName<TEnum>.All.Select(name => $"'{name}'"))})";

    /// <summary>Whether Postgres refused a write because of the foreign key or unique constraint of that name.</summary>
    public static bool Violates(this DbUpdateException exception, string constraint) =>
        exception.InnerException is PostgresException refusal && refusal.Violates(constraint);

    public static bool Violates(this PostgresException refusal, string constraint) =>
        refusal.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation
        && refusal.ConstraintName == constraint;

    /// <summary>
    /// Saves changed rows; false when somebody changed or deleted one since it was read: then nothing is saved, and all must be read
    /// again.
    /// </summary>
    public static async Task<bool> SaveUnlessOvertakenAsync(this TasksDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
