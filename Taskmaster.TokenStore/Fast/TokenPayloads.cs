using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpenIddict.Server.DataProtection;
using OpenIddict.Validation.DataProtection;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Fast;

/// <summary>Reads and writes the payloads of reference tokens as OpenIddict's Data Protection handlers do, without these.</summary>
internal sealed class TokenPayloads
{
    private readonly FrozenDictionary<string, IDataProtector> _protectors;
    private readonly Action<BinaryWriter, ClaimsPrincipal> _write;
    private readonly Func<BinaryReader, ClaimsPrincipal?> _read;

    public TokenPayloads(OpenIddictServerDataProtectionOptions server, OpenIddictValidationDataProtectionOptions validation)
    {
        var provider = server.DataProtectionProvider ?? validation.DataProtectionProvider
            ?? throw new InvalidOperationException(
                "Tokens are read and issued directly only in Data Protection's format: call UseDataProtection().");

        // OpenIddict's purposes for reference tokens; its server and its validation know each type by them.
        _protectors = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TokenTypeIdentifiers.AccessToken] = "AccessTokenFormat",
            [TokenTypeIdentifiers.Private.AuthorizationCode] = "AuthorizationCodeFormat",
            [TokenTypeIdentifiers.RefreshToken] = "RefreshTokenFormat",
        }.ToFrozenDictionary(
            format => format.Key,
            format => provider.CreateProtector("OpenIdConnectServerHandler", format.Value, "UseReferenceTokens", "ASOS"),
            StringComparer.Ordinal);

        _write = server.Formatter.WriteToken;
        _read = server.DataProtectionProvider is null ? validation.Formatter.ReadToken : server.Formatter.ReadToken;
    }

    public byte[] Protect(string type, ClaimsPrincipal principal)
    {
        using var stream = new MemoryStream(256);
        using var binary = new BinaryWriter(stream);
        _write(binary, principal);
        return _protectors[type].Protect(stream.ToArray());
    }

    /// <summary>Null for a payload that cannot be read, and for every one of a type that is not known here.</summary>
    public ClaimsPrincipal? Unprotect(string type, byte[] payload)
    {
        if (!_protectors.TryGetValue(type, out var protector))
        {
            return null;
        }

        try
        {
            using var binary = new BinaryReader(new MemoryStream(protector.Unprotect(payload)));
            return _read(binary);
        }
        catch (Exception exception)
            when (exception is CryptographicException or IOException or FormatException or ArgumentException or InvalidOperationException)
        {
            // Written with another key ring, or in a newer format: OpenIddict reads the payload itself and decides.
            return null;
        }
    }
}
