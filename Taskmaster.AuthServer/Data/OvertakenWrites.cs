using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Taskmaster.AuthServer.Data;

/// <summary>Tells a write that another one was ahead of: nothing of it was done, and what it was made of is to be read again.</summary>
internal static class OvertakenWrites
{
    /// <summary>
    /// A row that was to be changed or deleted is gone or another than was read, one that was to be added is there, or what it belongs
    /// to is gone.
    /// </summary>
    public static bool WasOvertaken(this DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException or
        {
            InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation }
        };
}
