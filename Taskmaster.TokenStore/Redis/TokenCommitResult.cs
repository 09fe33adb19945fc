namespace Taskmaster.TokenStore.Redis;

public enum TokenCommitResult
{
    /// <summary>Everything is written.</summary>
    Done,

    /// <summary>A refresh token was used again within the leeway: its first successor stands, the rest is written.</summary>
    DoneAgain,

    /// <summary>It was redeemed before, so the grant has been ended.</summary>
    Replayed,

    /// <summary>It, its grant, its subject or its client was revoked.</summary>
    Revoked,

    /// <summary>It is not there (any more).</summary>
    Unknown,
}
