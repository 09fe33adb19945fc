using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// A machine on which a development certificate is trusted, as the Aspire CLI leaves one. Aspire would then have Redis speak
/// TLS on a second endpoint; what has no https endpoint must not know the difference.
/// </summary>
internal sealed class TrustedDevelopmentCertificate : IDeveloperCertificateService
{
    public ImmutableList<X509Certificate2> Certificates { get; } = [Make()];

    public bool SupportsContainerTrust => true;

    public bool UseForHttps => true;

    public bool TrustCertificate => true;

    private static X509Certificate2 Make()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
