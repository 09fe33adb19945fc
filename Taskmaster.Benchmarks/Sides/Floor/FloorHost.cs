using System.Globalization;
using Npgsql;
using StackExchange.Redis;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>
/// The least a token endpoint could cost on this stack: parse the same form, one GET, one SET. And the least that
/// listing ten tasks could.
/// </summary>
internal static class FloorHost
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(70);

    // What a token's entry holds, in length.
    private static readonly string Payload = new('x', 300);

    private static long _tokens;

    public static async Task<int> RunAsync(string port, string redisConnection, string postgresConnection)
    {
        var builder = OwnProgram.NewBuilder(port);
        builder.Logging.ClearProviders();

        var redis = (await ConnectionMultiplexer.ConnectAsync(redisConnection)).GetDatabase();
        await using var database = NpgsqlDataSource.Create(postgresConnection);
        await using var app = builder.Build();

        app.MapPost("/oauth2/token", http => IssueAsync(http, redis));
        app.MapGet("/api/tasks", http => TaskTable.WriteAsync(http, database));
        return await OwnProgram.RunAsync(app);
    }

    private static async Task IssueAsync(HttpContext http, IDatabase redis)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["grant_type"] != "client_credentials")
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var token = Interlocked.Increment(ref _tokens).ToString("D43", CultureInfo.InvariantCulture);
        _ = await redis.StringGetAsync("client:" + http.Request.Headers.Authorization);
        _ = await redis.StringSetAsync("token:" + token, Payload, Lifetime);

        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync($$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":3600}""", http.RequestAborted);
    }
}
