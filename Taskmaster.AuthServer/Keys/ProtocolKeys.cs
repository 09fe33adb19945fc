using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Taskmaster.ServiceDefaults.KeyRing;

namespace Taskmaster.AuthServer.Keys;

/// <summary>
/// The keys this replica works with, opened. OpenIddict takes them from its options, which are built anew when they
/// change: a request that has begun keeps the options it began with, and a key keeps its object, so nothing in flight
/// notices.
/// </summary>
internal sealed class ProtocolKeys(KeyEncryption encryption, TimeProvider clock)
    : IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private const int RsaKeySize = 2048;
    private const int EncryptionKeyLength = 32;
    private const string EllipticPurpose = "elliptic-signing-key";

    private readonly Dictionary<Guid, SecurityKey[]> _opened = [];
    private CancellationTokenSource _change = new();
    private Guid[] _shown = [];

    public string? Name => Options.DefaultName;

    /// <summary>
    /// Those for RS256, the one that signs first, then those that are announced or retired; then those for ES256 alike. OpenIddict
    /// shows all, and signs with the first unless it is told another.
    /// </summary>
    public IReadOnlyList<SecurityKey> Signing { get; private set; } = [];

    public IReadOnlyList<SecurityKey> Encryption { get; private set; } = [];

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_change.Token);

    /// <summary>
    /// Shows <paramref name="keys"/> to OpenIddict, if they or their order are others than before. Not for two callers at once.
    /// </summary>
    public void Show(IReadOnlyCollection<ProtocolKey> keys)
    {
        var now = clock.GetUtcNow();
        var ordered = keys.OrderByDescending(key => key.ActiveFrom <= now).ThenByDescending(key => key.ActiveFrom).ToList();
        var shown = ordered.ConvertAll(key => key.Id).ToArray();
        if (_shown.AsSpan().SequenceEqual(shown))
        {
            return;
        }

        var signing = ordered.Where(key => key.Use is KeyUse.Signing).Select(Open).ToList();
        Signing = [.. signing.Select(pair => pair[0]), .. signing.Select(pair => pair[1])];
        Encryption = [.. ordered.Where(key => key.Use is KeyUse.Encryption).SelectMany(Open)];
        _shown = shown;

        var changed = Interlocked.Exchange(ref _change, new CancellationTokenSource());
        changed.Cancel();
        changed.Dispose();
    }

    public byte[] Generate(KeyUse use)
    {
        if (use is KeyUse.Encryption)
        {
            return encryption.Encrypt(RandomNumberGenerator.GetBytes(EncryptionKeyLength), PurposeOf(use));
        }

        using var rsa = RSA.Create(RsaKeySize);
        return encryption.Encrypt(rsa.ExportPkcs8PrivateKey(), PurposeOf(use));
    }

    /// <summary>For <see cref="ProtocolKey.Complete"/>.</summary>
    public byte[] GenerateElliptic()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return encryption.Encrypt(ecdsa.ExportPkcs8PrivateKey(), EllipticPurpose);
    }

    /// <summary>Encrypts a stored key with the host's key of today; what it opens stays the same.</summary>
    public void Reencrypt(ProtocolKey key) =>
        key.Reencrypt(
            Reencrypt(key.Encrypted, PurposeOf(key.Use)),
            key.EncryptedElliptic is { } elliptic ? Reencrypt(elliptic, EllipticPurpose) : null);

    public void Dispose() => _change.Dispose();

    private SecurityKey[] Open(ProtocolKey key)
    {
        if (_opened.TryGetValue(key.Id, out var opened))
        {
            return opened;
        }

        var plaintext = encryption.Decrypt(key.Encrypted, PurposeOf(key.Use));
        switch (key.Use)
        {
            case KeyUse.Signing:
                var rsa = RSA.Create();
                rsa.ImportPkcs8PrivateKey(plaintext, out _);
                var ecdsa = ECDsa.Create();
                ecdsa.ImportPkcs8PrivateKey(encryption.Decrypt(key.EncryptedElliptic!, EllipticPurpose), out _);
                return _opened[key.Id] =
                [
                    new RsaSecurityKey(rsa) { KeyId = key.Id.ToString("N") },
                    new ECDsaSecurityKey(ecdsa) { KeyId = key.Id.ToString("N") + "-es256" },
                ];
            case KeyUse.Encryption:
                return _opened[key.Id] = [new SymmetricSecurityKey(plaintext)];
            default:
                throw new InvalidOperationException($"The table protocol_keys holds a key of the unknown use {key.Use}.");
        }
    }

    private byte[] Reencrypt(byte[] encrypted, string purpose) => encryption.Encrypt(encryption.Decrypt(encrypted, purpose), purpose);

    private static string PurposeOf(KeyUse use) => use is KeyUse.Signing ? "signing-key" : "encryption-key";
}
