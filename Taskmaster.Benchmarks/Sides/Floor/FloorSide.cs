using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>The least that what is measured could cost on this stack; <see cref="FloorHost"/> in a process of its own.</summary>
internal static class FloorSide
{
    public const string Name = "floor";

    public static async Task<Side> StartAsync(Run run)
    {
        var redis = await RedisServer.StartAsync(run, Name);
        var postgres = await TaskTable.StartAsync(run, Name);
        await FloorSessions.CreateAsync(postgres, TaskTable.Database);
        var (server, port) = await OwnProgram.StartAsync(
            run, Name, redis.ConnectionString, postgres.TunedConnectionString(TaskTable.Database));
        var side = new Side(Name, SideKind.Floor, port, [server])
        {
            Redis = redis,
            Postgres = postgres,
            HasTokensInRedis = true,
        };
        return side with { Cookie = await Browser.SignInAsync(side) };
    }
}
