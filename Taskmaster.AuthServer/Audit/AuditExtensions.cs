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

    /// <summary>Must run before all middleware and endpoints that add to an <see cref="AuditTrail"/>.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.RequestServices.GetRequiredService<AuditedRequest>().Context = context;
        return next(context);
    });
}
