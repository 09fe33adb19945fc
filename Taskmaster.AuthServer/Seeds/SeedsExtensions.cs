namespace Taskmaster.AuthServer.Seeds;

internal static class SeedsExtensions
{
    /// <summary>
    /// Migrations and first rows. Hosted services start in the order in which they are added: this one before any that reads.
    /// </summary>
    public static void AddSeeds(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DocsClientSeed>();
        builder.Services.AddScoped<McpClientSeed>();
        builder.Services.AddScoped<WebClientSeed>();
        builder.Services.AddSingleton<AuthDbPreparation>();
        builder.Services.AddHostedService<PrepareAuthDb>();

        var demo = builder.Configuration.GetSection(DemoOptions.Section);
        if (builder.Environment.IsDevelopment() && demo.Exists())
        {
            builder.Services.AddOptions<DemoOptions>().Bind(demo).ValidateDataAnnotations().ValidateOnStart();
            builder.Services.AddScoped<DevelopmentSeed>();
        }
    }
}
