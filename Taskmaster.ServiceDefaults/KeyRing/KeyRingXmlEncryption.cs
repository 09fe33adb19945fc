using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Taskmaster.ServiceDefaults.KeyRing;

/// <summary>Encrypts Data Protection keys at rest with <see cref="KeyEncryption"/>.</summary>
internal sealed class KeyRingXmlEncryptor(KeyEncryption encryption) : IXmlEncryptor
{
    internal const string Purpose = "data-protection-key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var encrypted = encryption.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), Purpose);
        return new EncryptedXmlInfo(new XElement("encryptedKey", Convert.ToBase64String(encrypted)), typeof(KeyRingXmlDecryptor));
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
