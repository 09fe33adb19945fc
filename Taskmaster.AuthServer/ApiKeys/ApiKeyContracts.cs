namespace Taskmaster.AuthServer.ApiKeys;

internal sealed record CreateApiKeyRequest(string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt);

/// <summary>An API key as its owner sees it; the key itself only in the answer that made it (null is left out).</summary>
internal sealed record ApiKeyResponse(
    Guid Id, string Name, string Hint, string? LastFour, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? LastUsedAt,
    DateTime? ExpiresAt, string? Key)
{
    public static ApiKeyResponse Of(ApiKey key, string? value = null) => new(
        key.Id, key.Name, key.Hint, key.LastFour, key.Scopes, key.CreatedAt.UtcDateTime, key.LastUsedAt?.UtcDateTime,
        key.ExpiresAt?.UtcDateTime, value);
}
