using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Device;

/// <summary>
/// The codes that people type: eight consonants, 34 bits, which spell no words and hold no characters that look alike
/// (RFC 8628 §6.1). Small letters, hyphens and spaces are as good as what was shown.
/// </summary>
internal sealed class UserCodes : IOpenIddictServerHandler<ExtractEndUserVerificationRequestContext>
{
    public const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    public const int Length = 8;

    public ValueTask HandleAsync(ExtractEndUserVerificationRequestContext context)
    {
        if (context.Request?.UserCode is { } typed)
        {
            context.Request.UserCode = string.Concat(
                typed.ToUpperInvariant().Where(letter => Alphabet.Contains(letter, StringComparison.Ordinal)));
        }

        return ValueTask.CompletedTask;
    }
}
