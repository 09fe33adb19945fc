using Microsoft.AspNetCore.Identity;

namespace Taskmaster.AuthServer.Users;

/// <summary>A person with an account. The e-mail address is what they sign in with; it is also Identity's user name.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public const int NameMaxLength = 100;
    public const int EmailMaxLength = 254;

    private User()
    {
    }

    public string Name { get; private set; } = string.Empty;

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>From then on the account is as if it did not exist, until it is enabled again.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    public static User Register(Guid id, string name, string email, DateTimeOffset now) => new()
    {
        Id = id,
        Name = name.Trim(),
        UserName = email.Trim(),
        Email = email.Trim(),
        CreatedAt = now,
        SecurityStamp = NewStamp(now),
    };

    public bool IsLockedOut(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>Sessions carry the stamp, so those from before do not fit any more.</summary>
    public void ChangePassword(string hash, DateTimeOffset now)
    {
        PasswordHash = hash;
        SecurityStamp = NewStamp(now);
    }

    public void Disable(DateTimeOffset now) => DisabledAt ??= now;

    public void Enable() => DisabledAt = null;

    private static string NewStamp(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
