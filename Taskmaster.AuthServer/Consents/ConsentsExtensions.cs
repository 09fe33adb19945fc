using Taskmaster.AuthServer.Authorize;
using static OpenIddict.Server.OpenIddictServerEvents;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

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
        builder.Services.AddSingleton<ConsentUse>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ConsentUse>());
        builder.Services.AddScoped<AuthorizeEndpoint>();
    }

    /// <summary>After the token store's commit, which comes right after the tokens are made: only what was issued counts.</summary>
    public static void AddConsentUse(this OpenIddictServerBuilder server) =>
        server.AddEventHandler<ProcessSignInContext>(handler => handler
        .UseSingletonHandler<NoteConsentUse>()
        .SetOrder(Builtin.BeautifyGeneratedTokens.Descriptor.Order + 1_000));
}
