using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>The least that a token, and ten tasks, could cost on this stack; <see cref="FloorHost"/> in a process of its own.</summary>
internal static class FloorSide
{
    public const string Name = "floor";

    public static async Task<Side> StartAsync(Run run)
    {
        var redis = await RedisServer.StartAsync(run, Name);
        var postgres = await TaskTable.StartAsync(run, Name);
        var (server, port) = await OwnProgram.StartAsync(
            run, Name, redis.ConnectionString, postgres.TunedConnectionString(TaskTable.Database));
        return new Side(Name, SideKind.Floor, port, [server]) { Redis = redis, Postgres = postgres };
    }
}
