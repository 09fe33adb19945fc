using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Tasks;

internal sealed class TaskWriter(TasksDbContext db, TimeProvider clock) : ITaskWriter
{
    public async Task<bool> TryAddAsync(TaskItem task, CancellationToken cancellationToken)
    {
        db.Add(task);

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception.Violates(TaskItemConfiguration.ProjectForeignKey))
        {
            return false;
        }
    }

    public async Task<TaskChange> ChangeAsync(
        Caller caller, Guid id, TaskChanges changes, Via? via, Preconditions preconditions, CancellationToken cancellationToken)
    {
        // Again whenever somebody else was faster: their change is then there to see, and to be judged by If-Match.
        while (await db.Tasks.SingleOrDefaultAsync(task => task.OwnerId == caller.Owner && task.Id == id, cancellationToken) is { } task)
        {
            if (!preconditions.HoldFor(task))
            {
                return new(TaskChangeOutcome.PreconditionFailed);
            }

            task.Change(changes, via, clock);

            try
            {
                if (await db.SaveUnlessOvertakenAsync(cancellationToken))
                {
                    return new(TaskChangeOutcome.Made, TaskResponse.Of(task));
                }
            }
            catch (DbUpdateException exception) when (exception.Violates(TaskItemConfiguration.ProjectForeignKey))
            {
                return new(TaskChangeOutcome.UnknownProject);
            }
        }

        return new(TaskChangeOutcome.NotFound);
    }
}
