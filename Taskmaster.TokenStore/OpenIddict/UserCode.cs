using System.Security.Cryptography;
using OpenIddict.Core;
using OpenIddict.Server;
using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>The one reference that is not 43 characters of our making, because a person types it (RFC 8628 §6.1).</summary>
internal static class UserCode
{
    /// <summary>
    /// Moves a new entry to where its user code will be looked for. The codes are short, so one in use is not taken again.
    /// </summary>
    public static async ValueTask AttachAsync(
        RedisToken token, OpenIddictTokenManager<RedisToken> tokens, OpenIddictServerOptions options, CancellationToken cancellationToken)
    {
        string[] charset = [.. options.UserCodeCharset];

        do
        {
            token.Reference = string.Concat(Enumerable.Range(0, options.UserCodeLength)
                .Select(_ => charset[RandomNumberGenerator.GetInt32(charset.Length)]));
        }
        while (await tokens.FindByReferenceIdAsync(token.Reference, cancellationToken) is not null);

        token.Location = TokenReference.Locate(token.Reference);
    }
}
