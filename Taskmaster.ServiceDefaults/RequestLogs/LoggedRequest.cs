using System.Collections.Frozen;

namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>
/// One request of a client, as its owner reads it. It never holds a secret, code, token, verifier, assertion or password:
/// of what was sent it has the values of named parameters (docs/request-log.md), and of others at most the name.
/// </summary>
public sealed record LoggedRequest
{
    /// <summary>Of any method that HTTP does not know by name: a method may have quotation marks in it.</summary>
    private const string OtherMethod = "OTHER";

    private static readonly FrozenSet<string> Methods = FrozenSet.Create(
        StringComparer.Ordinal, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private readonly string _method = OtherMethod;

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Method
    {
        get => _method;
        init => _method = Methods.Contains(value) ? value : OtherMethod;
    }

    /// <summary>The path, or where it says more than ids, the route's pattern.</summary>
    public required string Endpoint { get; init; }

    public required int Status { get; init; }

    /// <summary>OAuth's error code; null where there was none.</summary>
    public string? Error { get; init; }

    public string? Description { get; init; }

    /// <summary>
    /// Whether the request showed that it is the client's: by its secret, its key or a token issued to it. Without that
    /// anybody may have sent it who knows the client_id, which is public.
    /// </summary>
    public bool Authenticated { get; init; }

    /// <summary>How the client authenticated, or tried to, in the words of RFC 7591 §2; null at the API.</summary>
    public string? Authentication { get; init; }

    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>Parameters that were sent, and whose values nobody keeps.</summary>
    public IReadOnlyList<string>? Withheld { get; init; }

    /// <summary>How many parameters had names that no endpoint knows.</summary>
    public int Others { get; init; }

    /// <summary>What log records of the service call the request.</summary>
    public string? RequestId { get; init; }

    public string? TraceId { get; init; }
}
