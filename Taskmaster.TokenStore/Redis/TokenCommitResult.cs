namespace Taskmaster.TokenStore.Redis;

public enum TokenCommitResult
{
    /// <summary>All changes were written.</summary>
    Done,

    /// <summary>A refresh token was used again within the leeway: its first successor stands, the rest is written.</summary>
    DoneAgain,

    /// <summary>The code or refresh token was redeemed before, so its grant was revoked.</summary>
    Replayed,

    /// <summary>The code or refresh token, or its grant, subject or client, was revoked.</summary>
    Revoked,

    /// <summary>The code or refresh token does not exist, or no longer.</summary>
    Unknown,
}
