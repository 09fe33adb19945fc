using Microsoft.Extensions.DependencyInjection.Extensions;
using Taskmaster.AuthServer.Sessions;

namespace Taskmaster.AuthServer.Fast;

internal static class FastExtensions
{
    /// <summary>Puts in place of the ordinary ways those that exist only for speed (docs/performance.md says what for).</summary>
    public static void AddFastPaths(this WebApplicationBuilder builder)
    {
        var options = Options(builder.Configuration);
        if (!options.Enabled)
        {
            return;
        }

        builder.Services.AddOpenIddict().AddCore(core => core.UseFastRedisTokens());

        builder.Services.Replace(ServiceDescriptor.Singleton<IValidSessions, PreparedValidSessions>());

        if (options.ShortPath)
        {
            builder.Services.AddSingleton<TokenPrincipals>();
            builder.Services.AddSingleton<IdTokens>();
            builder.Services.AddSingleton<ShortAuthorization>();
            builder.Services.AddSingleton<ShortClientCredentials>();
            builder.Services.AddSingleton<ShortCodeRedemption>();
            builder.Services.AddSingleton<ShortRefresh>();
            builder.Services.AddSingleton<ShortIntrospection>();
            builder.Services.AddHostedService<ShortPathPreconditions>();
        }
    }

    /// <summary>
    /// After rate limits and errors; before routing, which it has no use for, and authentication, in which OpenIddict answers.
    /// </summary>
    public static void UseFastPaths(this WebApplication app)
    {
        if (Options(app.Configuration) is { Enabled: true, ShortPath: true })
        {
            app.UseMiddleware<ShortPathMiddleware>();
        }
    }

    private static FastOptions Options(IConfiguration configuration) =>
        configuration.GetSection(FastOptions.Section).Get<FastOptions>() ?? new();
}
