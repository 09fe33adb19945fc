// The tests of Taskmaster.TokenStore on a server of one's own, which the variable REDIS names:
//   REDIS=localhost:6379 dotnet test samples/TokenStore.Conformance
using StackExchange.Redis;
using Taskmaster.TokenStore;
using Taskmaster.TokenStore.Conformance;
using Xunit;

namespace TokenStoreConformanceSample;

public sealed class ConformanceTests(Server server) : TokenStoreConformance(server.Connection), IClassFixture<Server>;

public sealed class FastConformanceTests(Server server)
    : TokenStoreConformance(server.Connection, useFastRedisTokens: true), IClassFixture<Server>;

public sealed class Server : IDisposable
{
    // Hundreds of requests at once may wait longer than a service would.
    public IConnectionMultiplexer Connection { get; } = ConnectionMultiplexer.Connect(
        Environment.GetEnvironmentVariable("REDIS") ?? "localhost:6379", options => options.ForTokens().AsyncTimeout = 20_000);

    public void Dispose() => Connection.Dispose();
}
