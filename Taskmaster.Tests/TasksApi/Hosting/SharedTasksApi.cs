namespace Taskmaster.Tests.TasksApi.Hosting;

/// <summary>One API for all tests that leave its stores running; each test makes its own account.</summary>
[CollectionDefinition(Name)]
public sealed class SharedTasksApi : ICollectionFixture<TasksApiHost>
{
    public const string Name = "Tasks API";
}
