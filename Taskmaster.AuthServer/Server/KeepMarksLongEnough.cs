using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// No token outlives the mark that revoked it. Never less than the store's default: tokens that were given out before the setting was
/// made shorter live on. The settings are validated where they are read for everything else, so that what is wrong is said once.
/// </summary>
internal sealed class KeepMarksLongEnough(IConfiguration settings) : IConfigureOptions<RedisTokenStoreOptions>
{
    public void Configure(RedisTokenStoreOptions options)
    {
        var longest = (settings.GetSection(TokenLifetimes.Section).Get<TokenLifetimes>() ?? new TokenLifetimes()).Longest;
        options.LongestLifetime = longest > options.LongestLifetime ? longest : options.LongestLifetime;
    }
}
