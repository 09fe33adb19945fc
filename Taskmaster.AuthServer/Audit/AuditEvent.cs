namespace Taskmaster.AuthServer.Audit;

/// <summary>
/// One row of the audit trail. It is written once; the database refuses to change or delete it. It never holds a
/// password, code, token, secret or e-mail address.
/// </summary>
internal sealed class AuditEvent
{
    public const string SystemActor = "system";

    /// <summary>The actor of an event whose caller was not authenticated.</summary>
    public const string Nobody = "nobody";

    public const int TypeMaxLength = 40;
    public const int ActorMaxLength = 255;
    public const int ClientIdMaxLength = 255;
    public const int AddressMaxLength = 50;
    public const int TraceIdLength = 32;
    public const int DetailsMaxLength = 300;

    private AuditEvent()
    {
    }

    /// <summary>Version 7, so that the order of ids is the order of time.</summary>
    public Guid Id { get; private init; }

    public DateTimeOffset At { get; private init; }

    public AuditEventType Type { get; private init; }

    /// <summary>Whose account it is about, who may read it; no foreign key, for it outlives the account.</summary>
    public Guid? UserId { get; private init; }

    /// <summary>Who did it: a user's id, a <c>client_id</c>, <see cref="SystemActor"/> or <see cref="Nobody"/>.</summary>
    public string Actor { get; private init; } = Nobody;

    /// <summary>The client it is about.</summary>
    public string? ClientId { get; private init; }

    public string? Address { get; private init; }

    public string? TraceId { get; private init; }

    public string? Details { get; private init; }

    public static AuditEvent Of(
        AuditEventType type, DateTimeOffset now, Guid? userId, string actor, string? clientId, string? address, string? traceId,
        string? details)
    {
        return new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Type = type,
            UserId = userId,
            Actor = Cut(actor, ActorMaxLength)!,
            ClientId = Cut(clientId, ClientIdMaxLength),
            Address = Cut(address, AddressMaxLength),
            TraceId = traceId,
            Details = Cut(details, DetailsMaxLength),
        };
    }

    // A trail that refused a row because a part of it is long would lose the event. Postgres takes no NUL.
    private static string? Cut(string? text, int length) =>
        text is null ? null : (text.Length > length ? text[..length] : text).Replace('\0', ' ');
}
