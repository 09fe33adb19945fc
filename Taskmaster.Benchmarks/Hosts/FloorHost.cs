using System.Globalization;
using Npgsql;
using StackExchange.Redis;

namespace Taskmaster.Benchmarks.Hosts;

/// <summary>
/// The least a token endpoint could cost on this stack: parse the same form, one GET, one SET. And the least that
/// listing ten tasks could.
/// </summary>
internal static class FloorHost
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(70);

    // What a token's entry holds, in length.
    private static readonly string _payload = new('x', 300);

    private static long _tokens;

    public static async Task<int> RunAsync(int port, string redisConnection, string postgresConnection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));

        var redis = (await ConnectionMultiplexer.ConnectAsync(redisConnection)).GetDatabase();
        await using var database = NpgsqlDataSource.Create(postgresConnection);
        await using var app = builder.Build();

        app.MapGet("/health", () => "Healthy");
        app.MapPost("/oauth2/token", http => IssueAsync(http, redis));
        app.MapGet("/api/tasks", http => RawTasks.WriteAsync(http, database));

        await app.RunAsync();
        return 0;
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
        _ = await redis.StringSetAsync("token:" + token, _payload, _lifetime);

        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync($$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":3600}""", http.RequestAborted);
    }
}
