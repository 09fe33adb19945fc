using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>The session cookie, encrypted by Data Protection with the algorithm that Taskmaster has it use.</summary>
internal sealed class FloorCookie(IDataProtectionProvider protection)
{
    private const string Name = "floor";
    private const char Separator = ' ';

    private readonly IDataProtector _protector = protection.CreateProtector(Name);

    public static void AddTo(IServiceCollection services)
    {
        services.AddDataProtection().UseCryptographicAlgorithms(
            new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new KeysInMemory());
    }

    public void Write(HttpContext http, Guid session, string stamp)
    {
        var text = $"{session}{Separator}{stamp}";
        http.Response.Cookies.Append(Name, Base64Url.EncodeToString(_protector.Protect(Encoding.UTF8.GetBytes(text))));
    }

    public (Guid Session, string Stamp)? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { } cookie)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(_protector.Unprotect(Base64Url.DecodeFromChars(cookie)));
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        return (Guid.Parse(text.AsSpan(0, end)), text[(end + 1)..]);
    }

    /// <summary>The keys die with the process, and so do the cookies.</summary>
    private sealed class KeysInMemory : IXmlRepository
    {
        private readonly ConcurrentBag<XElement> _keys = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Select(key => new XElement(key))];

        public void StoreElement(XElement element, string friendlyName) => _keys.Add(new XElement(element));
    }
}
