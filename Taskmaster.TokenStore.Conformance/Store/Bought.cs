using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore.Conformance.Store;

/// <summary>What a code or refresh token bought.</summary>
internal sealed record Bought(TokenCommitResult Result, string? AccessToken = null, string? RefreshToken = null)
{
    public bool Succeeded => Result is TokenCommitResult.Done or TokenCommitResult.DoneAgain;
}
