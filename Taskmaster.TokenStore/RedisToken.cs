using System.Collections.Immutable;
using System.Text.Json;

namespace Taskmaster.TokenStore;

/// <summary>One code or token as OpenIddict sees it, and where it lies in Redis. No behaviour.</summary>
public sealed class RedisToken
{
    public string? ApplicationId { get; set; }

    /// <summary>The grant the token belongs to.</summary>
    public string? AuthorizationId { get; set; }

    public DateTimeOffset? CreationDate { get; set; }

    public DateTimeOffset? ExpirationDate { get; set; }

    /// <summary>Names the token's key in Redis and is derived from the reference; null until the store has created the token.</summary>
    public string? Id { get; set; }

    public string? Payload { get; set; }

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

    /// <summary>When the grant began, by Redis's clock; what revocation marks are compared with.</summary>
    internal long Birth { get; set; }

    /// <summary>The grant, its subject or its client has been revoked since the token's birth.</summary>
    internal bool IsOfRevokedGrant { get; set; }
}
