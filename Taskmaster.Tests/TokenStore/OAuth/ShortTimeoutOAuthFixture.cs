using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>Waits for Redis as long as the library does by default.</summary>
public sealed class ShortTimeoutOAuthFixture : OAuthFixture
{
    protected override void Configure(RedisTokenStoreOptions options) => options.Timeout = TimeSpan.FromSeconds(1);
}
