namespace Taskmaster.AuthServer.Sessions;

/// <summary>One browser's sign-in. The cookie names the session, and is invalid without this row.</summary>
internal sealed class SignedInSession
{
    public const int BrowserMaxLength = 100;
    public const int AddressMaxLength = 50;

    /// <summary>How exactly <see cref="LastUsedAt"/> is kept: a write for each request would cost more than it tells.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromMinutes(5);

    private SignedInSession()
    {
    }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public DateTimeOffset SignedInAt { get; private init; }

    public DateTimeOffset LastUsedAt { get; private set; }

    /// <summary>Such as "Firefox on Linux", for its owner to recognise.</summary>
    public string Browser { get; private init; } = string.Empty;

    public string Address { get; private init; } = string.Empty;

    public static SignedInSession Begin(Guid userId, string browser, string address, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        SignedInAt = now,
        LastUsedAt = now,
        Browser = browser,
        Address = address,
    };
}
