using StackExchange.Redis;

namespace Taskmaster.Tests.TokenStore.Servers;

/// <summary>A Redis of some kind that a collection of tests has to itself.</summary>
public interface ITokenRedis : IAsyncLifetime
{
    /// <summary>For StackExchange.Redis; time-outs and backlog as the library's README asks for.</summary>
    ConfigurationOptions Configuration { get; }

    IConnectionMultiplexer Connection { get; }
}
