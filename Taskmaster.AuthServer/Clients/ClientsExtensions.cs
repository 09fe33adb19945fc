using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Clients;

internal static class ClientsExtensions
{
    public static void AddClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PrivateUseSchemes>().BindConfiguration(PrivateUseSchemes.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PrivateUseSchemes>, PrivateUseSchemes>();
        builder.Services.AddSingleton<AuthServerMetrics>();
        builder.Services.AddSingleton<ClientCache>();
        builder.Services.AddSingleton<ClientEvictions>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ClientEvictions>());
        builder.Services.AddWriteBehind<ClientSecretUse>();
        builder.Services.AddSingleton<ClientSecretCheck>();
        builder.Services.AddScoped<ClientRegistrations>();
        builder.Services.AddScoped<ClientRemoval>();
        builder.Services.AddSingleton<ClientAssertionUse>();
    }
}
