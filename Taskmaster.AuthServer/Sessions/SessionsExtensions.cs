using static OpenIddict.Server.OpenIddictServerEvents;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Sessions;

internal static class SessionsExtensions
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StandingSessions>();
        builder.Services.AddScoped<UserSessions>();
        builder.Services.AddScoped<SessionRecords>();
    }

    /// <summary>After the token store has given the sign-in its grant.</summary>
    public static void AddSessionGrants(this OpenIddictServerBuilder server) =>
        server.AddEventHandler<ProcessSignInContext>(handler => handler
        .UseSingletonHandler<NoteSessionGrant>()
        .SetOrder(Builtin.AttachAuthorization.Descriptor.Order + 100));
}
