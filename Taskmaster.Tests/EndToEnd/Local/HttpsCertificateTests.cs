using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;
using Taskmaster.AppHost.Local;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>The certificate of an instance on a machine without one for development.</summary>
public sealed class HttpsCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalInstance _instance;

    public HttpsCertificateTests() => _instance = new LocalInstance(
        LocalSettingsTests.Settings(("Local:DataFolder", _folder.Path)));

    [Fact]
    public void It_stays_and_what_clients_trust_is_written_again_where_it_is_gone()
    {
        using var made = HttpsCertificates.OwnCertificate(_instance.Folder);
        File.Delete(_folder.Of("https.pem"));

        using var kept = HttpsCertificates.OwnCertificate(_instance.Folder);

        Assert.True(kept.HasPrivateKey);
        Assert.Equal(made.Thumbprint, kept.Thumbprint);
        Assert.Equal(made.Thumbprint, Trusted().Thumbprint);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_folder.Of("https.pfx")).UnixFileMode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    public void One_that_cannot_be_read_is_made_anew(string content)
    {
        File.WriteAllText(_folder.Of("https.pfx"), content);

        using var made = HttpsCertificates.OwnCertificate(_instance.Folder);

        Assert.True(made.HasPrivateKey);
        Assert.Equal(made.Thumbprint, Trusted().Thumbprint);
    }

    [Fact]
    public void Clients_are_told_of_it_by_https_where_no_development_certificate_is()
    {
        var none = new NoDevelopmentCertificate();

        Assert.Equal(_folder.Of("https.pem"), HttpsCertificates.ToTrust("https", none, _instance));
        Assert.Null(HttpsCertificates.ToTrust("http", none, _instance));
        Assert.Null(HttpsCertificates.ToTrust("https", new TrustedDevelopmentCertificate(), _instance));
    }

    public void Dispose()
    {
        _instance.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Trusted() => X509CertificateLoader.LoadCertificateFromFile(_folder.Of("https.pem"));

    private sealed class NoDevelopmentCertificate : IDeveloperCertificateService
    {
        public System.Collections.Immutable.ImmutableList<X509Certificate2> Certificates => [];

        public bool SupportsContainerTrust => false;

        public bool UseForHttps => false;

        public bool TrustCertificate => false;
    }
}
