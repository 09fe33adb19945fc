namespace Taskmaster.TasksApi.Demo;

/// <summary>Section <c>Demo</c>: whom the demo project belongs to.</summary>
internal sealed record DemoOptions(Guid UserId);
