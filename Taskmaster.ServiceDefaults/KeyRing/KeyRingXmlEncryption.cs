using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Taskmaster.ServiceDefaults.KeyRing;

/// <summary>Encrypts Data Protection keys at rest with <see cref="KeyEncryption"/>.</summary>
internal sealed class KeyRingXmlEncryptor(KeyEncryption encryption) : IXmlEncryptor
{
    internal const string Purpose = "data-protection-key";
    internal const string Element = "encryptedKey";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var encrypted = encryption.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), Purpose);
        return new EncryptedXmlInfo(new XElement(Element, Convert.ToBase64String(encrypted)), typeof(KeyRingXmlDecryptor));
    }
}

/// <summary>Encrypts a stored Data Protection key again, after the host's key was changed.</summary>
public static class StoredKey
{
    /// <param name="xml">The key as Data Protection stores it.</param>
    /// <param name="encryption">Opens what it had encrypted, and encrypts it with the key it has now.</param>
    public static string Reencrypt(string xml, KeyEncryption encryption)
    {
        ArgumentNullException.ThrowIfNull(encryption);

        var key = XElement.Parse(xml);
        foreach (var encrypted in key.Descendants(KeyRingXmlEncryptor.Element))
        {
            encrypted.Value = Convert.ToBase64String(encryption.Encrypt(
                encryption.Decrypt(Convert.FromBase64String(encrypted.Value), KeyRingXmlEncryptor.Purpose), KeyRingXmlEncryptor.Purpose));
        }

        return key.ToString(SaveOptions.DisableFormatting);
    }
}

/// <summary>Named in the stored key, and made by Data Protection, which passes it the service provider.</summary>
internal sealed class KeyRingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly KeyEncryption _encryption = services.GetRequiredService<KeyEncryption>();

    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(Encoding.UTF8.GetString(
            _encryption.Decrypt(Convert.FromBase64String(encryptedElement.Value), KeyRingXmlEncryptor.Purpose)));
}
