namespace Taskmaster.AuthServer.Consents;

/// <summary>What a user has let a client do, kept until the user takes it back.</summary>
internal sealed class Consent
{
    private Consent()
    {
    }

    public Guid UserId { get; private init; }

    public Guid ClientId { get; private init; }

    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public DateTimeOffset GrantedAt { get; private set; }

    public static Consent Of(Guid userId, Guid clientId, IReadOnlyCollection<string> scopes, DateTimeOffset now) => new()
    {
        UserId = userId,
        ClientId = clientId,
        Scopes = [.. scopes],
        GrantedAt = now,
    };

    public void Extend(IReadOnlyCollection<string> scopes, DateTimeOffset now)
    {
        Scopes = [.. Scopes.Union(scopes)];
        GrantedAt = now;
    }
}
