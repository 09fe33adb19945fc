using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>
/// One authorization request that a developer tries, kept until its answer comes. The code verifier is kept here only where the
/// browser did not make it.
/// </summary>
internal sealed record TryRun(string State, string Nonce, string Scope, string? CodeVerifier)
{
    private const int ChallengeLength = 43;

    /// <param name="scope">What is asked for.</param>
    /// <param name="challenge">The code challenge of the browser; anything else than an S256 one is as if there were none.</param>
    public static (TryRun Run, string Challenge) Begin(string scope, string? challenge)
    {
        if (challenge is { Length: ChallengeLength } && Base64Url.IsValid(challenge.AsSpan()))
        {
            return (new(NewValue(), NewValue(), scope, CodeVerifier: null), challenge);
        }

        var verifier = NewValue();
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(verifier));
        return (new(NewValue(), NewValue(), scope, verifier), Base64Url.EncodeToString(hash));
    }

    public string Write() => JsonSerializer.Serialize(this);

    public static TryRun? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<TryRun>(kept);

    private static string NewValue() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
