using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.AuthServer.Data;

internal static class DataExtensions
{
    public static void AddAuthDb(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<AuthDbContext>(
            ResourceNames.AuthDb,
            settings =>
            {
                // A quick 503 with Retry-After, as in the Tasks API; and EF Core's retries exclude transactions that begin with a read.
                settings.DisableRetry = true;
                if (settings.ConnectionString is { } connection)
                {
                    settings.ConnectionString = PostgresConnection.ForRequests(connection, settings.CommandTimeout);
                    builder.Services.AddSingleton(_ => PostgresConnection.ForReads(connection, settings.CommandTimeout));
                }
            },
            options => options.UseSnakeCaseNamingConvention());

        builder.Services.AddSingleton(new ActivitySource(builder.Environment.ApplicationName));
        builder.Services.AddHostedService<PrepareAuthDb>();

        var demo = builder.Configuration.GetSection(DemoOptions.Section);
        if (builder.Environment.IsDevelopment() && demo.Exists())
        {
            builder.Services.AddOptions<DemoOptions>().Bind(demo).ValidateDataAnnotations().ValidateOnStart();
            builder.Services.AddScoped<DevelopmentSeed>();
        }
    }
}
