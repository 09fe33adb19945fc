namespace Taskmaster.TokenStore.Redis;

/// <summary>
/// What came of a commit. With <see cref="TokenCommitResult.DoneAgain"/> comes the successor: the refresh token to hand
/// out in place of the one that was created.
/// </summary>
public readonly record struct TokenCommit(TokenCommitResult Result, string? Successor = null)
{
    public bool Succeeded => Result is TokenCommitResult.Done or TokenCommitResult.DoneAgain;
}
