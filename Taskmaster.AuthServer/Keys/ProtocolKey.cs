namespace Taskmaster.AuthServer.Keys;

/// <summary>A key of the authorization server, encrypted with the host's key.</summary>
internal sealed class ProtocolKey
{
    private ProtocolKey()
    {
    }

    public Guid Id { get; private init; }

    public KeyUse Use { get; private init; }

    public byte[] Encrypted { get; private init; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>
    /// From then on it is the one in use, until the next key's time comes: before, it is announced, after, retired.
    /// </summary>
    public DateTimeOffset ActiveFrom { get; private init; }

    public static ProtocolKey Of(KeyUse use, byte[] encrypted, DateTimeOffset now, DateTimeOffset activeFrom) => new()
    {
        Id = Guid.CreateVersion7(now),
        Use = use,
        Encrypted = encrypted,
        CreatedAt = now,
        ActiveFrom = activeFrom,
    };
}
