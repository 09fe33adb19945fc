using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>What a script is answered that asked for a change: the task, what to say of it, and what takes it back.</summary>
internal sealed record TaskDone(TaskItem Task, string Text, NoticeAction? Undo);
