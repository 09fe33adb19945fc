using Npgsql;
using StackExchange.Redis;

namespace Taskmaster.Benchmarks.Hosts;

/// <summary>
/// Listing, reading and writing tasks in the API's own tables with nothing in between: a floor token check, Npgsql's
/// commands and a JSON writer. It sends the API's answers, with <c>Link</c>, <c>Location</c> and <c>ETag</c>, and checks
/// nothing that a request could have wrong.
/// </summary>
internal static class ByHandHost
{
    public static async Task<int> RunAsync(int port, string redisConnection, string postgresConnection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));

        var redis = (await ConnectionMultiplexer.ConnectAsync(redisConnection)).GetDatabase();
        await using var database = NpgsqlDataSource.Create(postgresConnection);
        var tasks = new TasksByHand(database);
        await using var app = builder.Build();

        app.MapGet("/health", () => "Healthy");
        app.MapGet("/api/tasks", ForOwner(tasks.ListAsync));
        app.MapGet("/api/tasks/{id}", ForOwner(tasks.GetAsync));
        app.MapPatch("/api/tasks/{id}", ForOwner(tasks.UpdateAsync));
        app.MapPost("/api/tasks", ForOwner(tasks.CreateAsync));

        await app.RunAsync();
        return 0;

        RequestDelegate ForOwner(Func<HttpContext, Guid, Task> answer) => async http =>
        {
            if (await TokenByHand.OwnerAsync(http, redis) is { } owner)
            {
                await answer(http, owner);
            }
        };
    }
}
