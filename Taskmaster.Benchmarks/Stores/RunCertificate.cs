using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>
/// The certificate of all TLS of a run, made by it and trusted by nobody else: P-256, with which a handshake costs a server
/// little, in two PEM files that Kestrel and node both read.
/// </summary>
internal sealed record RunCertificate(string CertificateFile, string KeyFile, string Pem)
{
    private const string CommonName = "CN=localhost";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public static RunCertificate Make(Run run)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(CommonName, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());

        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - Lifetime, now + Lifetime);
        var folder = run.NewFolder("certificate");
        var made = new RunCertificate(
            Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(made.CertificateFile, made.Pem);
        File.WriteAllText(made.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return made;
    }
}
