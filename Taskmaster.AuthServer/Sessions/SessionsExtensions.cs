using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Sessions;

internal static class SessionsExtensions
{
    public static void AddSessions(this WebApplicationBuilder builder, PublicOrigin origin)
    {
        builder.Services.AddSessionCookie(origin);
        builder.Services.AddScoped<UserSessions>();
        builder.Services.AddScoped<SessionRecords>();
    }
}
