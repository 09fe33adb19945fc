using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Data;

internal static class DataExtensions
{
    public static void AddAuthDb(this WebApplicationBuilder builder) =>
        builder.AddNpgsqlDbContext<AuthDbContext>(
            ResourceNames.AuthDb,
            settings => settings.ConnectForRequests(builder.Services),
            options => options.UseSnakeCaseNamingConvention());
}
