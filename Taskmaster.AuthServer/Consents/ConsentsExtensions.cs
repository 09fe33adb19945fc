using Taskmaster.AuthServer.Sessions;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Consents;

internal static class ConsentsExtensions
{
    public static void AddConsents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConsentTickets>();
        builder.Services.AddScoped<ConsentRecords>();
        builder.Services.AddScoped<IValidSessions, ValidSessions>();
        builder.Services.AddWriteBehind<ConsentUse>();
    }
}
