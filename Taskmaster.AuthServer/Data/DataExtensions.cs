using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.AuthServer.Data;

internal static class DataExtensions
{
    private const int PreparedStatements = 50;

    public static void AddAuthDb(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<AuthDbContext>(
            ResourceNames.AuthDb,
            settings => settings.ConnectionString = WithPreparedStatements(settings.ConnectionString),
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

    // Statements that come again are parsed and planned once a connection, not at each use.
    private static string? WithPreparedStatements(string? connectionString) => connectionString is null
        ? null
        : new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = PreparedStatements }.ConnectionString;
}
