using Taskmaster.AuthServer.Tickets;

namespace Taskmaster.AuthServer.Authorize;

internal static class AuthorizeExtensions
{
    public static void AddAuthorize(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ResumeTickets>();
        builder.Services.AddScoped<PushedRequests>();
        builder.Services.AddScoped<AuthorizeEndpoint>();
    }
}
