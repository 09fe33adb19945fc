namespace Taskmaster.AuthServer.Token.ShortPath;

internal static class ShortPathExtensions
{
    public static void AddShortPath(this WebApplicationBuilder builder)
    {
        if (IsEnabled(builder.Configuration))
        {
            builder.Services.AddSingleton<TokenPrincipals>();
            builder.Services.AddSingleton<IdTokens>();
            builder.Services.AddSingleton<ShortClientCredentials>();
            builder.Services.AddSingleton<ShortCodeRedemption>();
            builder.Services.AddSingleton<ShortIntrospection>();
            builder.Services.AddHostedService<ShortPathPreconditions>();
        }
    }

    /// <summary>
    /// After rate limits and errors; before routing, which it has no use for, and authentication, in which OpenIddict answers.
    /// </summary>
    public static void UseShortPath(this WebApplication app)
    {
        if (IsEnabled(app.Configuration))
        {
            app.UseMiddleware<ShortPathMiddleware>();
        }
    }

    private static bool IsEnabled(IConfiguration configuration) =>
        (configuration.GetSection(ShortPathOptions.Section).Get<ShortPathOptions>() ?? new()).Enabled;
}
