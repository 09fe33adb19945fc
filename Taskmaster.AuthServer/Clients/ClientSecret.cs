using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// One of a client's secrets, as its SHA-256 hash. A fast hash is enough because the secrets carry 256 random bits;
/// PBKDF2 protects passwords that people choose, at 4 ms a request.
/// </summary>
internal sealed class ClientSecret
{
    public const int NameMaxLength = 100;

    /// <summary>How much of its beginning and of its end its owner tells it from the others by: 48 of the 256 random bits.</summary>
    public const int HintLength = 4;

    private const int SecretLength = 32;

    private ClientSecret()
    {
    }

    public Guid Id { get; private init; }

    public Guid ClientId { get; private init; }

    public string Name { get; private init; } = string.Empty;

    public byte[] Hash { get; private init; } = [];

    /// <summary>How it begins; null for one that Taskmaster did not generate, or before this was kept.</summary>
    public string? Prefix { get; private set; }

    public string? LastFour { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>A new secret; only its hash and its two ends are kept, so <paramref name="value"/> can be shown only now.</summary>
    public static ClientSecret Generate(Client client, string name, DateTimeOffset now, DateTimeOffset? expiresAt, out string value)
    {
        value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength));
        var secret = Of(client, name, value, now, expiresAt);
        (secret.Prefix, secret.LastFour) = (value[..HintLength], value[^HintLength..]);
        return secret;
    }

    /// <summary>A secret somebody else generated: the host for Taskmaster's own client, the settings of the demo.</summary>
    public static ClientSecret Of(Client client, string name, string value, DateTimeOffset now, DateTimeOffset? expiresAt = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        ClientId = client.Id,
        Name = name,
        Hash = HashOf(value),
        CreatedAt = now,
        ExpiresAt = expiresAt,
    };

    public static byte[] HashOf(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    public bool IsLive(DateTimeOffset now) => ExpiresAt is null || ExpiresAt > now;

    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash, hash);

    public void ExpireAt(DateTimeOffset? expiresAt) => ExpiresAt = expiresAt;

    /// <summary>Ends it then, if it does not end earlier.</summary>
    public void ExpireBy(DateTimeOffset latest) => ExpiresAt = ExpiresAt < latest ? ExpiresAt : latest;
}
