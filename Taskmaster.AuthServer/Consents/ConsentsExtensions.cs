using Taskmaster.AuthServer.Authorize;

namespace Taskmaster.AuthServer.Consents;

internal static class ConsentsExtensions
{
    /// <summary>The authorization endpoint and what it asks.</summary>
    public static void AddConsents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConsentTickets>();
        builder.Services.AddSingleton<ResumeTickets>();
        builder.Services.AddScoped<PushedRequests>();
        builder.Services.AddScoped<ConsentRecords>();
        builder.Services.AddScoped<AuthorizeEndpoint>();
    }
}
