using Taskmaster.AuthServer.Errors;
using static OpenIddict.Server.OpenIddictServerEvents;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Audit;

internal static class AuditExtensions
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<AuditTrail>();
        builder.Services.AddSingleton<AuditQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditQueue>());
    }

    public static void AddTokenAudit(this OpenIddictServerBuilder server) => server
        // Before our texts replace OpenIddict's, whose ids say what happened.
        .AddEventHandler<ApplyTokenResponseContext>(handler => handler.UseSingletonHandler<AuditTokens>().SetOrder(DocumentedErrors.TextsOrder - 100))
        .AddEventHandler<HandleRevocationRequestContext>(handler => handler.UseSingletonHandler<AuditTokens>().SetOrder(Builtin.Revocation.RevokeToken.Descriptor.Order + 100));
}
