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

    /// <summary>The first time; more scopes later do not change it.</summary>
    public DateTimeOffset GrantedAt { get; private set; }

    /// <summary>When the client last got a token of this user, to within <see cref="ConsentUse.Period"/>.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public static Consent Of(Guid userId, Guid clientId, IReadOnlyCollection<string> scopes, DateTimeOffset now) => new()
    {
        UserId = userId,
        ClientId = clientId,
        Scopes = [.. scopes],
        GrantedAt = now,
    };

    public void Extend(IReadOnlyCollection<string> scopes)
    {
        Scopes = [.. Scopes.Union(scopes)];
    }
}
