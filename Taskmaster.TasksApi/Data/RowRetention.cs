namespace Taskmaster.TasksApi.Data;

/// <summary>How long the rows of a table are kept; a feature registers one for each table that only grows.</summary>
/// <param name="Table">The table.</param>
/// <param name="Time">Its column that says when a row was written.</param>
/// <param name="Retention">How long after that <see cref="ExpiredRows"/> removes the row.</param>
internal sealed record RowRetention(string Table, string Time, TimeSpan Retention);
