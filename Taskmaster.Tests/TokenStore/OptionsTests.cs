using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.TokenStore;

public sealed class OptionsTests
{
    public static TheoryData<Action<RedisTokenStoreOptions>> Mistakes =>
    [
        options => options.KeyPrefix = "",
        options => options.KeyPrefix = "a{b}:",
        options => options.RetentionMargin = TimeSpan.Zero,
        options => options.LongestLifetime = TimeSpan.Zero,
        options => options.MaximumFailedAttempts = 0,
        options => options.MaximumFailedAttempts = 10,
        options => options.Timeout = TimeSpan.Zero,
    ];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_the_options_stops_the_host_at_its_start(Action<RedisTokenStoreOptions> mistake)
    {
        using var services = Services(mistake);

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public void The_defaults_are_fine()
    {
        using var services = Services(_ => { });

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static ServiceProvider Services(Action<RedisTokenStoreOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddOpenIddict().AddCore(core => core.UseRedisTokens(configure));
        return services.BuildServiceProvider();
    }
}
