using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// TLS for the public origin and nothing else. Aspire would have Redis and Postgres speak TLS where a development certificate
/// is trusted, and complain where none is.
/// </summary>
internal static class HttpsCertificates
{
    /// <summary>The certificate with its key, and without it as PEM, which is what a client must trust.</summary>
    internal const string PrivateName = "https.pfx", PublicName = "https.pem";

    private static readonly TimeSpan Validity = TimeSpan.FromDays(90);
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(14);

    /// <summary>
    /// While the model is built: a store asks at the start whether a development certificate is trusted, before anybody who is
    /// told of the start later, and would then have a second endpoint.
    /// </summary>
    public static void KeepFromStores(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources.Where(resource => IsConfigurable(resource) && !HasHttps(resource)))
        {
            resource.Annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
        }
    }

    /// <summary>The development certificate for https endpoints, or one of this instance's own where there is none.</summary>
    public static void Provide(IEnumerable<IResource> resources, IServiceProvider services, LocalInstance instance)
    {
        foreach (var resource in resources.Where(resource => IsConfigurable(resource) && HasHttps(resource)))
        {
            foreach (var earlier in resource.Annotations.OfType<HttpsCertificateAnnotation>().ToList())
            {
                _ = resource.Annotations.Remove(earlier);
            }

            resource.Annotations.Add(IsOwn(services.GetRequiredService<IDeveloperCertificateService>())
                ? new HttpsCertificateAnnotation { Certificate = OwnCertificate(instance.Folder) }
                : new HttpsCertificateAnnotation { UseDeveloperCertificate = true });
        }
    }

    /// <summary>The file with the certificate that a client of this scheme has to be told to trust; null where there is none.</summary>
    public static string? ToTrust(string scheme, IDeveloperCertificateService development, LocalInstance instance) =>
        scheme == Uri.UriSchemeHttps && IsOwn(development) ? instance.Folder.Of(PublicName) : null;

    private static bool IsOwn(IDeveloperCertificateService development) => development.Certificates.IsEmpty;

    private static bool IsConfigurable(IResource resource) =>
        resource.Annotations.OfType<HttpsCertificateConfigurationCallbackAnnotation>().Any();

    private static bool HasHttps(IResource resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.UriScheme == Uri.UriSchemeHttps);

    /// <summary>For machines on which nobody made a development certificate, as on a bare Linux: one of this instance's own.</summary>
    internal static X509Certificate2 OwnCertificate(DataFolder folder)
    {
        var file = folder.Of(PrivateName);
        var certificate = Kept(file);
        if (certificate is null)
        {
            PrivateFile.Replace(file, Make());
            certificate = Load(file);
        }

        File.WriteAllText(folder.Of(PublicName), certificate.ExportCertificatePem());
        return certificate;
    }

    /// <summary>Null where there is none, or none that can be read, or one that ends soon.</summary>
    private static X509Certificate2? Kept(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var kept = Load(file);
            if (kept.NotAfter > (TimeProvider.System.GetUtcNow() + Renewal).LocalDateTime)
            {
                return kept;
            }

            kept.Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 Load(string file) =>
        X509CertificateLoader.LoadPkcs12FromFile(file, null, X509KeyStorageFlags.Exportable);

    private static byte[] Make()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        names.AddIpAddress(System.Net.IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], true));
        using var made = request.CreateSelfSigned(now.AddMinutes(-5), now + Validity);
        return made.Export(X509ContentType.Pkcs12);
    }
}
