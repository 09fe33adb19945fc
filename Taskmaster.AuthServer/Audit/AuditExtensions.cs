using Taskmaster.AuthServer.Errors;
using static OpenIddict.Server.OpenIddictServerEvents;
using Builtin = OpenIddict.Server.OpenIddictServerHandlers;

namespace Taskmaster.AuthServer.Audit;

internal static class AuditExtensions
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<AuditedRequest>();
        builder.Services.AddScoped<AuditTrail>();
        builder.Services.AddSingleton<AuditQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditQueue>());
    }

    /// <summary>In front of whatever adds to an <see cref="AuditTrail"/>.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.RequestServices.GetRequiredService<AuditedRequest>().Context = context;
        return next(context);
    });

    public static void AddTokenAudit(this OpenIddictServerBuilder server) => server
        // Before our texts replace OpenIddict's, whose ids say what happened.
        .AddEventHandler<ApplyTokenResponseContext>(
            handler => handler.UseSingletonHandler<AuditTokens>().SetOrder(DocumentedErrors.TextsOrder - 100))
        .AddEventHandler<HandleRevocationRequestContext>(
            handler => handler.UseSingletonHandler<AuditTokens>().SetOrder(Builtin.Revocation.RevokeToken.Descriptor.Order + 100));
}
