using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Audit;

internal static class AuditExtensions
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<AuditedRequest>();
        builder.Services.AddScoped<AuditTrail>();
        builder.Services.AddWriteBehind<AuditQueue>();
    }

    /// <summary>Must run before all middleware and endpoints that add to an <see cref="AuditTrail"/>.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.RequestServices.GetRequiredService<AuditedRequest>().Context = context;
        return next(context);
    });
}
