namespace Taskmaster.TasksApi.ApiKeys;

/// <summary>What this API needs to know of a key: whom it acts for, what it may do, until when.</summary>
internal sealed record ApiKey(Guid Id, Guid UserId, byte[] Hash, string[] Scopes, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
