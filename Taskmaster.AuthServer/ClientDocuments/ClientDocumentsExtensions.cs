using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.ClientDocuments;

internal static class ClientDocumentsExtensions
{
    public static void AddClientDocuments(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClientDocumentOptions>().BindConfiguration(ClientDocumentOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ClientDocumentOptions>, ClientDocumentOptions>();
        builder.Services.AddSingleton<DocumentClients>();
        builder.Services.AddSingleton<ForgetUnusedDocuments>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ForgetUnusedDocuments>());
    }
}
