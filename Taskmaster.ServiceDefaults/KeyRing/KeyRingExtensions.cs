using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Taskmaster.ServiceDefaults.KeyRing;

public static class KeyRingExtensions
{
    /// <summary>
    /// Data Protection with one key ring for all services and replicas, in Postgres, encrypted with the host's key.
    /// Services that read each other's tokens must pass the same <paramref name="applicationName"/>.
    /// </summary>
    public static void AddKeyRing(this IHostApplicationBuilder builder, string applicationName)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var encryption = new KeyEncryption(builder.Configuration["KeyRing:EncryptionKey"]);
        builder.Services.AddSingleton(encryption);

        builder.AddNpgsqlDbContext<KeyRingDbContext>(ResourceNames.AuthDb);

        builder.Services.AddDataProtection()
            .SetApplicationName(applicationName)
            .PersistKeysToDbContext<KeyRingDbContext>();
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = new KeyRingXmlEncryptor(encryption)));
    }
}
