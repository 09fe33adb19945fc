using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.ServiceDefaults.KeyRing;

public static class KeyRingExtensions
{
    /// <summary>
    /// Data Protection with one key ring for all services and replicas, in Postgres, encrypted with the host's key.
    /// Services that read each other's tokens must pass the same <paramref name="applicationName"/>. One service
    /// generates the keys, the one whose migrations own the table: two that start together would make one each, and
    /// a third might know only the other's.
    /// </summary>
    public static void AddKeyRing(this IHostApplicationBuilder builder, string applicationName, bool generatesKeys = false)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var encryption = new KeyEncryption(
            builder.Configuration["KeyRing:EncryptionKey"], builder.Configuration["KeyRing:PreviousEncryptionKey"]);
        builder.Services.AddSingleton(encryption);

        // Without retries, so that /health reports at once that Postgres cannot be reached.
        builder.AddNpgsqlDbContext<KeyRingDbContext>(ResourceNames.AuthDb, settings => settings.Connect(ConnectionBudget.KeyRing));

        builder.Services.AddDataProtection()
            .SetApplicationName(applicationName)
            // AES-GCM takes one pass, the default (CBC with HMAC) two. Existing keys keep their algorithm.
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM })
            .PersistKeysToDbContext<KeyRingDbContext>();
        builder.Services.Configure<KeyManagementOptions>(options =>
        {
            options.XmlEncryptor = new KeyRingXmlEncryptor(encryption);
            options.AutoGenerateKeys = generatesKeys;
        });
        if (!generatesKeys)
        {
            // Must start before Data Protection's own hosted service, which reads the key ring.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, AwaitFirstKey>());
        }
    }
}
