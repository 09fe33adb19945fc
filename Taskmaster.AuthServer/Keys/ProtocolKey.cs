namespace Taskmaster.AuthServer.Keys;

/// <summary>A key of the authorization server, encrypted with the host's key.</summary>
internal sealed class ProtocolKey
{
    private ProtocolKey()
    {
    }

    public Guid Id { get; private init; }

    public KeyUse Use { get; private init; }

    public byte[] Encrypted { get; private set; } = [];

    /// <summary>
    /// Of a signing key, the key for ES256 that lives and goes with the one for RS256. In a column of its own, of which a server
    /// of an older version knows nothing: what it makes has none until <see cref="Complete"/>.
    /// </summary>
    public byte[]? EncryptedElliptic { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>
    /// From then on it is the one in use, until the next key's time comes: before, it is announced, after, retired.
    /// </summary>
    public DateTimeOffset ActiveFrom { get; private init; }

    /// <summary>The same key under another of the host's.</summary>
    public void Reencrypt(byte[] encrypted, byte[]? encryptedElliptic) =>
        (Encrypted, EncryptedElliptic) = (encrypted, encryptedElliptic);

    public static ProtocolKey Of(KeyUse use, byte[] encrypted, DateTimeOffset now, DateTimeOffset activeFrom) => new()
    {
        Id = Guid.CreateVersion7(now),
        Use = use,
        Encrypted = encrypted,
        CreatedAt = now,
        ActiveFrom = activeFrom,
    };

    public void Complete(byte[] encryptedElliptic) => EncryptedElliptic = encryptedElliptic;
}
