using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Deletions;

internal static class DeletionExtensions
{
    /// <summary>Deleted tasks are kept for a while, by triggers of tasksdb.</summary>
    public static void AddDeletions(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(new RowRetention(DeletedRowConfiguration.Table, "deleted_at", DeletedRow.Retention));
}
