using System.Security.Cryptography;
using System.Text;
using Taskmaster.AuthServer.Keys;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// A registered OAuth client. Which endpoints and grants it may use follows from its kind (<see cref="ClientPermissions"/>)
/// and is not stored, so that a new one needs no data migration; which scopes it is registered for is, so that a new one
/// is nobody's who did not ask for it.
/// </summary>
internal sealed class Client
{
    /// <summary>
    /// 60 random bits, and no more: with a 43-character secret, <c>id:secret</c> stays below the 57 bytes at which the
    /// <c>base64</c> of the documented curl line would break the Authorization header in two.
    /// </summary>
    public const int ClientIdLength = 12;

    public const int NameMaxLength = 100;
    public const int RedirectUriMaxLength = 2000;
    public const int RedirectUrisMaxCount = 20;
    public const int SecretsMaxCount = 10;
    public const int LinkMaxLength = 2000;
    public const int DocumentHashLength = 64;

    // Lower case, without characters that look alike.
    private const string ClientIdAlphabet = "23456789abcdefghijkmnpqrstuvwxyz";

    private readonly List<ClientSecret> _secrets = [];

    private Client()
    {
    }

    public Guid Id { get; private init; }

    public string ClientId { get; private init; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    /// <summary>The user whom the client belongs to and acts for with client credentials; null for Taskmaster's own client.</summary>
    public Guid? OwnerId { get; private init; }

    /// <summary>Whether the client cannot keep a secret: a native or browser application (RFC 6749 §2.1).</summary>
    public bool IsPublic { get; private set; }

    /// <summary>Whether this is Taskmaster's own client, which has no owner.</summary>
    public bool IsFirstParty { get; private init; }

    /// <summary>
    /// Whether users are not asked for consent: the client is a part of Taskmaster and authenticates with its secret. A public
    /// client cannot authenticate, so its users are asked.
    /// </summary>
    public bool SkipsConsent => IsFirstParty && !IsPublic;

    public bool RequirePkce { get; private set; }

    /// <summary>Whether it gets access tokens that are bound to a key, and no other (RFC 9449 §5.2).</summary>
    public bool RequireDpop { get; private set; }

    public IReadOnlyList<string> RedirectUris { get; private set; } = [];

    public IReadOnlyList<string> PostLogoutRedirectUris { get; private set; } = [];

    /// <summary>Where its users read about it (RFC 7591 §2).</summary>
    public string? ClientUri { get; private set; }

    /// <summary>Where its users read what it does with what it learns of them (RFC 7591 §2).</summary>
    public string? PolicyUri { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>
    /// SHA-256 of the token that manages a client which a program registered (RFC 7591); null for the clients of the
    /// Developer page. Such a client has no owner, so nothing about it is known but what it says itself.
    /// </summary>
    public byte[]? RegistrationTokenHash { get; private init; }

    public bool IsRegisteredByProgram => RegistrationTokenHash is not null;

    /// <summary>The grants a program registered for; null for all that the client's kind has.</summary>
    public IReadOnlyList<string>? GrantTypes { get; private set; }

    /// <summary>
    /// The scopes it is registered for: what a request that names none is about (RFC 6749 §3.3), and for a client with an
    /// owner also all that it may ask for.
    /// </summary>
    public IReadOnlyList<string> Scopes { get; private set; } = [];

    /// <summary>How it authenticates, as it was registered (RFC 7591 §2); null where that follows from having a secret.</summary>
    public string? AuthenticationMethod { get; private set; }

    /// <summary>The public keys of <c>private_key_jwt</c>, as a JWK Set (RFC 7517 §5).</summary>
    public string? JsonWebKeys { get; private set; }

    /// <summary>What its id_tokens are signed with, one of <see cref="IdTokenAlgorithms"/>.</summary>
    public string IdTokenAlgorithm { get; private set; } = IdTokenAlgorithms.Default;

    /// <summary>When a user first consented to a dynamically registered client; an unused one is deleted after a while.</summary>
    public DateTimeOffset? FirstUsedAt { get; private set; }

    /// <summary>
    /// When the document at its <c>client_id</c> was last fetched, which describes the client
    /// (draft-ietf-oauth-client-id-metadata-document-02); null for a client that is registered.
    /// </summary>
    public DateTimeOffset? DocumentFetchedAt { get; private set; }

    /// <summary>Until when that document need not be fetched again.</summary>
    public DateTimeOffset? DocumentFreshUntil { get; private set; }

    /// <summary>A hash of what a user agrees to in that document; another one means that they are asked again.</summary>
    public string? DocumentHash { get; private set; }

    public bool IsDescribedByDocument => DocumentFetchedAt is not null;

    /// <summary>Who answers for a client that a document describes: the host, and the port unless it is the usual one.</summary>
    public string? Host => IsDescribedByDocument ? new Uri(ClientId).Authority : null;

    /// <summary>When the client was disabled. Until it is enabled again, it exists for nobody but its owner.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    public IReadOnlyList<ClientSecret> Secrets => _secrets;

    public static Client Register(
        string name, Guid ownerId, bool isPublic, bool requirePkce, IReadOnlyList<string> redirectUris, DateTimeOffset now,
        string? clientId = null) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            ClientId = clientId ?? RandomNumberGenerator.GetString(ClientIdAlphabet, ClientIdLength),
            Name = name,
            OwnerId = ownerId,
            IsPublic = isPublic,
            RequirePkce = requirePkce || isPublic,
            RedirectUris = redirectUris,
            Scopes = [.. ClientPermissions.SignInScopes, .. TaskmasterScopes.Tasks],
            CreatedAt = now,
        };

    public static Client RegisterByProgram(string name, bool isPublic, byte[] registrationTokenHash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ClientId = RandomNumberGenerator.GetString(ClientIdAlphabet, ClientIdLength),
        Name = name,
        IsPublic = isPublic,
        RequirePkce = isPublic,
        RegistrationTokenHash = registrationTokenHash,
        CreatedAt = now,
    };

    public static Client FirstParty(string clientId, string name, DateTimeOffset now, bool isPublic = false) => new()
    {
        Id = Guid.CreateVersion7(now),
        ClientId = clientId,
        Name = name,
        IsFirstParty = true,
        IsPublic = isPublic,
        RequirePkce = true,
        Scopes = ClientPermissions.UserScopes,
        CreatedAt = now,
    };

    /// <summary>
    /// A client that nobody registered. Its id follows from its <c>client_id</c>, so that what it is issued is its own on every
    /// replica before there is a row, which there is only once a user lets it in.
    /// </summary>
    public static Client ByDocument(string clientId, DateTimeOffset now) => new()
    {
        Id = IdOf(clientId),
        ClientId = clientId,
        RequirePkce = true,
        CreatedAt = now,
    };

    /// <summary>What its document says that is not said by the other methods.</summary>
    public void Describe(string hash, bool isPublic, DateTimeOffset fetchedAt, DateTimeOffset freshUntil) =>
        (DocumentHash, IsPublic, DocumentFetchedAt, DocumentFreshUntil) = (hash, isPublic, fetchedAt, freshUntil);

    public void Rename(string name) => Name = name;

    public void ReturnTo(IReadOnlyList<string> redirectUris) => RedirectUris = redirectUris;

    public void ReturnAfterSignOutTo(IReadOnlyList<string> postLogoutRedirectUris) => PostLogoutRedirectUris = postLogoutRedirectUris;

    public void LinkTo(string? clientUri, string? policyUri) => (ClientUri, PolicyUri) = (clientUri, policyUri);

    public void RegisterFor(IReadOnlyList<string> grantTypes, IReadOnlyList<string> scopes)
    {
        GrantTypes = grantTypes;
        Scopes = scopes;
    }

    /// <summary>Sets the client's access to tasks to a name of <see cref="TasksAccess"/>; its other scopes stay.</summary>
    public void AllowTasks(string access) =>
        Scopes = [.. Scopes.Where(scope => !TaskmasterScopes.IsOfTasks(scope)), .. TasksAccess.ScopesOf(access)];

    public void AuthenticateBy(string method, string? jsonWebKeys)
    {
        AuthenticationMethod = method;
        JsonWebKeys = jsonWebKeys;
    }

    /// <summary>Sets whether PKCE is required; for a public client it always is (RFC 9700 §2.1.1).</summary>
    public void DemandPkce(bool demanded) => RequirePkce = demanded || IsPublic;

    public void DemandDpop(bool demanded) => RequireDpop = demanded;

    public void SignIdTokensWith(string algorithm) => IdTokenAlgorithm = algorithm;

    public void Disable(DateTimeOffset now) => DisabledAt ??= now;

    public void Enable() => DisabledAt = null;

    public void Add(ClientSecret secret) => _secrets.Add(secret);

    /// <summary>A new secret; those there are end when the overlap is over, so that they can be replaced until then.</summary>
    public ClientSecret Roll(string name, TimeSpan overlap, DateTimeOffset now, out string value)
    {
        foreach (var old in _secrets.Where(secret => secret.IsLive(now)))
        {
            old.ExpireBy(now + overlap);
        }

        var secret = ClientSecret.Generate(this, name, now, expiresAt: null, out value);
        _secrets.Add(secret);
        return secret;
    }

    public void Remove(ClientSecret secret) => _secrets.Remove(secret);

    // RFC 9562 §5.8: version 8, whose bits are the application's.
    private static Guid IdOf(string clientId)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(clientId)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
