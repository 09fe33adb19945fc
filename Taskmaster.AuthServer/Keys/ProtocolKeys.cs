using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.KeyRing;

namespace Taskmaster.AuthServer.Keys;

/// <summary>
/// The signing and encryption keys all replicas share: generated once, kept in Postgres, encrypted with the host's key.
/// Loaded at start, before the first request can ask for them.
/// </summary>
internal sealed class ProtocolKeys(KeyEncryption encryption, TimeProvider clock)
{
    private const int RsaKeySize = 2048;
    private const int EncryptionKeyLength = 32;

    private readonly List<SecurityKey> _signing = [];
    private readonly List<SecurityKey> _encryption = [];

    public IReadOnlyList<SecurityKey> Signing => _signing;

    public IReadOnlyList<SecurityKey> Encryption => _encryption;

    /// <summary>The caller holds the start lock, so that two replicas do not generate a key each.</summary>
    public async Task LoadAsync(AuthDbContext database, CancellationToken cancellationToken)
    {
        var keys = await database.ProtocolKeys.OrderByDescending(key => key.CreatedAt).ToListAsync(cancellationToken);

        foreach (var use in Enum.GetValues<KeyUse>().Except(keys.Select(key => key.Use)))
        {
            var key = ProtocolKey.Of(use, encryption.Encrypt(Generate(use), PurposeOf(use)), clock.GetUtcNow());
            database.ProtocolKeys.Add(key);
            keys.Add(key);
        }

        await database.SaveChangesAsync(cancellationToken);

        foreach (var key in keys)
        {
            var plaintext = encryption.Decrypt(key.Encrypted, PurposeOf(key.Use));
            switch (key.Use)
            {
                case KeyUse.Signing:
                    var rsa = RSA.Create();
                    rsa.ImportPkcs8PrivateKey(plaintext, out _);
                    _signing.Add(new RsaSecurityKey(rsa) { KeyId = key.Id.ToString("N") });
                    break;
                case KeyUse.Encryption:
                    _encryption.Add(new SymmetricSecurityKey(plaintext));
                    break;
                default:
                    throw new InvalidOperationException($"The table protocol_keys holds a key of the unknown use {key.Use}.");
            }
        }
    }

    private static byte[] Generate(KeyUse use)
    {
        if (use is KeyUse.Encryption)
        {
            return RandomNumberGenerator.GetBytes(EncryptionKeyLength);
        }

        using var rsa = RSA.Create(RsaKeySize);
        return rsa.ExportPkcs8PrivateKey();
    }

    private static string PurposeOf(KeyUse use) => use is KeyUse.Signing ? "signing-key" : "encryption-key";
}
