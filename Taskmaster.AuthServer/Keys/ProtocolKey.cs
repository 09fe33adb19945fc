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

    public static ProtocolKey Of(KeyUse use, byte[] encrypted, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Use = use,
        Encrypted = encrypted,
        CreatedAt = now,
    };
}
