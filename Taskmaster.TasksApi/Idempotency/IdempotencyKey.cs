namespace Taskmaster.TasksApi.Idempotency;

/// <summary>One use of an <c>Idempotency-Key</c>: what was asked and what was answered.</summary>
internal sealed class IdempotencyKey
{
    public const int KeyMaxLength = 255;

    /// <summary>How long an answer is kept, and the key belongs to its request.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    public IdempotencyKey(Guid ownerId, string key)
    {
        OwnerId = ownerId;
        Key = key;
    }

    public Guid OwnerId { get; private set; }

    public string Key { get; private set; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public byte[] Fingerprint { get; private set; } = [];

    public string? Location { get; private set; }

    public string? ETag { get; private set; }

    public byte[] Body { get; private set; } = [];

    public DateTime CreatedAt { get; private set; }

    public KeptAnswer Answer => new(Location, ETag, Body);

    public bool IsExpired(DateTime now) => CreatedAt + Retention <= now;

    public void Keep(byte[] fingerprint, KeptAnswer answer, DateTime now)
    {
        Fingerprint = fingerprint;
        (Location, ETag, Body) = answer;
        CreatedAt = now;
    }
}
