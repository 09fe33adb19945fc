using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using StackExchange.Redis;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>
/// The least that a token, ten tasks, a code flow and a refresh could cost on this stack: the reads and writes that
/// Taskmaster makes, in batches as it makes them, and the answers, written by hand.
/// </summary>
internal static class FloorHost
{
    public static async Task<int> RunAsync(string port, string redisConnection, string postgresConnection)
    {
        var builder = OwnProgram.NewBuilder(port);
        builder.Logging.ClearProviders();
        FloorCookie.AddTo(builder.Services);

        var redis = await ConnectionMultiplexer.ConnectAsync(redisConnection);
        await using var database = NpgsqlDataSource.Create(postgresConnection);
        await using var app = builder.Build();

        var store = await FloorStore.ConnectAsync(redis);
        var cookie = new FloorCookie(app.Services.GetRequiredService<IDataProtectionProvider>());
        var authorize = new FloorAuthorize(store, cookie, new(database));
        var tokens = new FloorTokens(store, new());
        var tasks = new FloorTasks(store, database);

        // In front of routing, which a request here has no use for.
        app.Use(next => http => http.Request.Path.Value switch
        {
            "/oauth2/token" => tokens.AnswerAsync(http),
            "/oauth2/authorize" => authorize.AnswerAsync(http),
            "/api/tasks" => tasks.AnswerAsync(http),
            _ => next(http),
        });
        app.UseRouting();
        return await OwnProgram.RunAsync(app);
    }
}
