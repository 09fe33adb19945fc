using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;

namespace Taskmaster.TokenStore.Format;

/// <summary>One code or token as OpenIddict sees it, and where it lies in Redis.</summary>
public sealed class RedisToken
{
    private string? _payload;
    private byte[]? _payloadBytes;

    public string? ApplicationId { get; set; }

    /// <summary>The grant the token belongs to.</summary>
    public string? AuthorizationId { get; set; }

    public DateTimeOffset? CreationDate { get; set; }

    public DateTimeOffset? ExpirationDate { get; set; }

    /// <summary>Names the token's key in Redis and is derived from the reference; null until the store has created the token.</summary>
    public string? Id { get; set; }

    public string? Payload
    {
        get => _payload ??= _payloadBytes is null ? null : Base64Url.EncodeToString(_payloadBytes);
        set => (_payload, _payloadBytes) = (value, null);
    }

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;

    public DateTimeOffset? RedemptionDate { get; set; }

    /// <summary>The hash of the reference, never the reference; null for a token whose bearer holds its payload.</summary>
    public string? ReferenceId { get; set; }

    public string? Status { get; set; }

    public string? Subject { get; set; }

    public string? Type { get; set; }

    /// <summary>What the client is given: known only to the instance that created the token, and to one looked up by it.</summary>
    public string? Reference { get; internal set; }

    internal TokenLocation Location { get; set; }

    /// <summary>The header as it was read, which a later update compares; null for a token not yet written.</summary>
    internal byte[]? Header { get; set; }

    /// <summary>
    /// When the grant began, by Redis's clock, in microseconds: what revocation marks are compared with. Or how it follows
    /// from the entry's expiry, see <see cref="TokenValue.SetTimeToLive"/>.
    /// </summary>
    internal long Birth { get; set; }

    /// <summary>The grant, its subject or its client has been revoked since the token's birth.</summary>
    internal bool IsOfRevokedGrant { get; set; }

    /// <summary>
    /// The payload's claims, where they were read without OpenIddict's pipeline; other copies of the token may share them.
    /// </summary>
    internal ClaimsPrincipal? Principal { get; set; }

    /// <summary>A payload that is base64url, decoded; null for one that is other text.</summary>
    internal byte[]? PayloadBytes
    {
        get => _payloadBytes;
        set => (_payload, _payloadBytes) = (null, value);
    }

    /// <summary>
    /// Gives a new token its reference, and so its place. The tokens of one sign-in share a tag, so that one script can write them.
    /// </summary>
    internal void Place(ushort tag) => Place(TokenRoute.Of(this, tag));

    /// <summary>The same for a token whose route is known: it has grant, subject and client in common with another.</summary>
    internal void Place(TokenRoute route)
    {
        Reference = TokenReference.Create(route, out var location);
        Location = location;
        Id = location.ToString();
    }

    internal RedisToken Copy() => (RedisToken)MemberwiseClone();

    internal static ushort NewTag() => (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
}
