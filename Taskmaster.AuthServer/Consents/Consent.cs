namespace Taskmaster.AuthServer.Consents;

/// <summary>The scopes a user has granted to a client, kept until the user withdraws the consent.</summary>
internal sealed class Consent
{
    private Consent()
    {
    }

    public Guid UserId { get; private init; }

    public Guid ClientId { get; private init; }

    public IReadOnlyList<string> Scopes { get; private set; } = [];

    /// <summary>When the user first consented; adding scopes later does not change it.</summary>
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
