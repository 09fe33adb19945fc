using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Conformance;

namespace Taskmaster.Tests.TokenStore;

public sealed class RedisConformanceTests(SingleRedis redis)
    : TokenStoreConformance(redis.Connection, FastWings.AreIn), IClassFixture<SingleRedis>;

public sealed class ClusterConformanceTests(RedisCluster redis)
    : TokenStoreConformance(redis.Connection, FastWings.AreIn), IClassFixture<RedisCluster>;

public sealed class GarnetConformanceTests(GarnetServer redis)
    : TokenStoreConformance(redis.Connection, FastWings.AreIn), IClassFixture<GarnetServer>;
