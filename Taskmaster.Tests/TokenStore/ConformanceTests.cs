using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TokenStore;

public sealed class RedisConformanceTests(SingleRedis redis) : TokenStoreConformance(redis), IClassFixture<SingleRedis>;

public sealed class ClusterConformanceTests(RedisCluster redis) : TokenStoreConformance(redis), IClassFixture<RedisCluster>;

public sealed class GarnetConformanceTests(GarnetServer redis) : TokenStoreConformance(redis), IClassFixture<GarnetServer>;
