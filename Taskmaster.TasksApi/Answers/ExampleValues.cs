namespace Taskmaster.TasksApi.Answers;

/// <summary>Values that several examples of the description share.</summary>
internal static class ExampleValues
{
    public const string TaskId = "550e8400-e29b-41d4-a716-446655440000";
    public const string OtherTaskId = "660f9500-f39c-42e5-b827-557766551111";
    public const string ProjectId = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
    public const string RelationshipId = "780f9600-f39c-42e5-b827-557766551122";
    public const string ClientId = "0199a1b2-d4e5-7f60-8b7c-8d9e0f1a2b3c";
    public const string ViewId = "8a0f9700-f39c-42e5-b827-557766551133";
    public const string UserId = "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";
    public const string CreatedAt = "2026-01-15T10:30:00Z";
    public const string UpdatedAt = "2026-01-15T14:45:00Z";
}
