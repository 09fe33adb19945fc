using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.ApiKeys;

/// <summary>
/// Lets a user's own program call the Tasks API as that user without OAuth, within its scopes and until it expires or
/// is revoked, which removes it. Only the hash is kept.
/// </summary>
internal sealed class ApiKey
{
    public const int NameMaxLength = 100;
    public const int MaxCountPerUser = 50;

    /// <summary>The beginning of the key, by which its owner tells it from the others. 24 of the 256 random bits.</summary>
    public const int HintLength = 8;

    public const int LastFourLength = 4;

    private ApiKey()
    {
    }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public string Name { get; private init; } = string.Empty;

    public string Hint { get; private init; } = string.Empty;

    /// <summary>How the key ends; null for one from before this was kept.</summary>
    public string? LastFour { get; private init; }

    public byte[] Hash { get; private init; } = [];

    public IReadOnlyList<string> Scopes { get; private init; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? ExpiresAt { get; private init; }

    /// <summary>Written by the Tasks API, some seconds late.</summary>
    public DateTimeOffset? LastUsedAt { get; private init; }

    /// <summary>A new key; <paramref name="value"/> can be shown only now.</summary>
    public static ApiKey Generate(
        Guid userId, string name, IReadOnlyList<string> scopes, DateTimeOffset now, DateTimeOffset? expiresAt, out string value)
    {
        value = ApiKeyFormat.Generate();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            Name = name,
            Hint = value[..HintLength],
            LastFour = value[^LastFourLength..],
            Hash = ApiKeyFormat.HashOf(value),
            Scopes = scopes,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
    }
}
