using Taskmaster.AuthServer.Clients;

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

    /// <summary>What the client's metadata document said when the user let it in (<see cref="Client.DocumentHash"/>).</summary>
    public string? DocumentHash { get; private set; }

    public static Consent Of(Guid userId, Client client, IReadOnlyCollection<string> scopes, DateTimeOffset now) => new()
    {
        UserId = userId,
        ClientId = client.Id,
        DocumentHash = client.DocumentHash,
        Scopes = [.. scopes],
        GrantedAt = now,
    };

    /// <summary>Adds to what was allowed; what was allowed to a client of another document begins anew.</summary>
    public void Extend(Client client, IReadOnlyCollection<string> scopes)
    {
        Scopes = DocumentHash == client.DocumentHash ? [.. Scopes.Union(scopes)] : [.. scopes];
        DocumentHash = client.DocumentHash;
    }
}
