using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Data;

internal static class DataExtensions
{
    public static void AddAuthDb(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<AuthDbContext>(
            ResourceNames.AuthDb,
            settings => settings.ConnectForRequests(builder.Services),
            options => options.UseSnakeCaseNamingConvention());

        builder.Services.AddHostedService<PrepareAuthDb>();

        var demo = builder.Configuration.GetSection(DemoOptions.Section);
        if (builder.Environment.IsDevelopment() && demo.Exists())
        {
            builder.Services.AddOptions<DemoOptions>().Bind(demo).ValidateDataAnnotations().ValidateOnStart();
            builder.Services.AddScoped<DevelopmentSeed>();
        }
    }
}
