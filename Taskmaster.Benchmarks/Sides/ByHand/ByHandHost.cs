using System.Security.Cryptography;
using System.Text;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.Benchmarks.Sides.Batches;

namespace Taskmaster.Benchmarks.Sides.ByHand;

/// <summary>
/// Listing, reading and writing tasks in the API's own tables with nothing in between: a floor token check, Npgsql's
/// commands and a JSON writer. It sends the API's answers, with <c>Link</c>, <c>Location</c> and <c>ETag</c>, and checks
/// nothing that a request could have wrong.
/// </summary>
internal static class ByHandHost
{
    private const string Scheme = "Bearer ";

    public static async Task<int> RunAsync(string port, string redisConnection, string postgresConnection)
    {
        var builder = OwnProgram.NewBuilder(port);
        builder.Logging.ClearProviders();

        var redis = new RedisBatches(await ConnectionMultiplexer.ConnectAsync(redisConnection));
        await using var database = NpgsqlDataSource.Create(postgresConnection);
        var (reads, writes) = (new TaskReadsByHand(database), new TaskWritesByHand(database));
        await using var app = builder.Build();

        app.MapGet("/api/tasks", ForCaller(reads.ListAsync));
        app.MapGet("/api/tasks/{id}", ForCaller(reads.GetAsync));
        app.MapPatch("/api/tasks/{id}", ForCaller(writes.UpdateAsync));
        app.MapPost("/api/tasks", ForCaller(writes.CreateAsync));
        return await OwnProgram.RunAsync(app);

        RequestDelegate ForCaller(Func<HttpContext, ByHandCaller, Task> answer) => async http =>
        {
            if (await CallerAsync(http, redis) is { } caller)
            {
                await answer(http, caller);
            }
            else
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
        };
    }

    /// <summary>Where Redis says whom a token is for.</summary>
    public static string KeyOf(string token) => "by-hand:" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>
    /// The least that checking a reference token could cost: its hash, and one GET that tells whom it is for. No payload to
    /// decrypt, no claims, no revocation of a grant. Null for a token that is not good.
    /// </summary>
    private static async Task<ByHandCaller?> CallerAsync(HttpContext http, RedisBatches redis) =>
        http.Request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.Ordinal)
        && (string?)await redis.SendAsync(database => database.StringGetAsync(KeyOf(header[Scheme.Length..]))) is { } caller
            ? ByHandCaller.Parse(caller)
            : null;
}
