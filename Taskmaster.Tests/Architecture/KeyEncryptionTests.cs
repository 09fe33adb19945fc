using System.Security.Cryptography;
using Taskmaster.ServiceDefaults.KeyRing;

namespace Taskmaster.Tests.Architecture;

public sealed class KeyEncryptionTests
{
    private readonly KeyEncryption _encryption = new("a secret of the host's generator");

    [Fact]
    public void A_stored_key_is_read_back_only_with_the_same_secret_and_purpose()
    {
        byte[] key = [1, 2, 3];
        var stored = _encryption.Encrypt(key, "signing-key");

        Assert.Equal(key, _encryption.Decrypt(stored, "signing-key"));
        Assert.Throws<AuthenticationTagMismatchException>(() => _encryption.Decrypt(stored, "data-protection-key"));
        Assert.Throws<AuthenticationTagMismatchException>(
            () => new KeyEncryption("another secret of the generator").Decrypt(stored, "signing-key"));
    }

    [Fact]
    public void A_stored_key_that_was_changed_is_refused()
    {
        var stored = _encryption.Encrypt([1, 2, 3], "signing-key");
        stored[^1] ^= 1;

        Assert.Throws<AuthenticationTagMismatchException>(() => _encryption.Decrypt(stored, "signing-key"));
        Assert.ThrowsAny<CryptographicException>(() => _encryption.Decrypt(stored.AsSpan(0, 10), "signing-key"));
    }
}
