using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Taskmaster.Mcp.Resources;

namespace Taskmaster.Mcp.Prompts;

/// <summary>
/// What a user picks from a menu. Tasks are attached as resources, JSON beside the instructions and never a part of them: what
/// somebody wrote into a title stays data.
/// </summary>
[McpServerPromptType]
internal sealed class TaskPrompts(TaskResources resources)
{
    [McpServerPrompt(Name = "plan_my_day", Title = "Plan my day")]
    [Description("Looks at the open tasks and proposes what to do today, and in which order")]
    public async Task<IEnumerable<PromptMessage>> PlanMyDayAsync(
        [Description("How much time there is, in the user's words")] string? time = null, CancellationToken cancellationToken = default) =>
    [
        Attached(await resources.OpenTasksAsync(cancellationToken)),
        Said("Attached are my open tasks. Propose what I should do today and in which order, with a reason of one line each. What blocks "
            + "other tasks comes first; get_task tells what a task blocks. Ask before you change anything. When I agree, set the status of the "
            + "first to in_progress."
            + (time is null ? "" : " The time I have is in the next message.")),
        .. time is null ? Array.Empty<PromptMessage>() : [Said(time)],
    ];

    [McpServerPrompt(Name = "break_down_task", Title = "Break this task down")]
    [Description("Splits a task into smaller ones that can each be done in one sitting")]
    public async Task<IEnumerable<PromptMessage>> BreakDownTaskAsync(
        [Description("Id of the task")] string task_id, CancellationToken cancellationToken = default) =>
    [
        Attached(await resources.TaskAsync(task_id, cancellationToken)),
        Said("Attached is one of my tasks. Propose how to split it into three to seven smaller tasks that can each be done in one sitting. Show "
            + "them to me first. When I agree, make each with create_task in the same project, and relate each to this task with relate_tasks, "
            + "type blocks."),
    ];

    private static PromptMessage Attached(TextResourceContents contents) =>
        new() { Role = Role.User, Content = new EmbeddedResourceBlock { Resource = contents } };

    private static PromptMessage Said(string text) => new() { Role = Role.User, Content = new TextContentBlock { Text = text } };
}
