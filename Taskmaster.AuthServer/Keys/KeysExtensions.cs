using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Taskmaster.AuthServer.Keys;

internal static class KeysExtensions
{
    public static void AddProtocolKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SigningKeyRotation>().BindConfiguration(SigningKeyRotation.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SigningKeyRotation>, SigningKeyRotation>();
        builder.Services.AddSingleton<ProtocolKeys>();
        builder.Services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(
            services => services.GetRequiredService<ProtocolKeys>());
        builder.Services.AddScoped<KeyRotation>();
        builder.Services.AddScoped<KeyReencryption>();
        builder.Services.AddHostedService<KeyMaintenance>();
    }
}
