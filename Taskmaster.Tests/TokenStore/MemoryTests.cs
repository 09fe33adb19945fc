using Taskmaster.Tests.TokenStore.OAuth;
using Taskmaster.TokenStore.Format;
using Xunit.Abstractions;

namespace Taskmaster.Tests.TokenStore;

public sealed class MemoryTests(OAuthFixture fixture, ITestOutputHelper output) : IClassFixture<OAuthFixture>
{
    [Fact]
    [Trait("Behaviour", "56")]
    public async Task A_live_access_token_takes_600_bytes_of_Redis_at_most()
    {
        var user = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        var token = (await fixture.Host.Client("web").SignInAsync(user)).AccessToken;
        var machine = (await fixture.Host.Client("machine").AskForItselfAsync()).AccessToken;

        foreach (var reference in new[] { token, machine })
        {
            var server = fixture.Redis.Connection.GetServers().Single();
            var name = TokenReference.Locate(reference).Name;
            var key = server.Keys(pattern: $"*{name}").Single();

            var bytes = (long)await fixture.Redis.Connection.GetDatabase().ExecuteAsync("MEMORY", "USAGE", key);

            output.WriteLine($"{key}: {bytes} bytes, value {fixture.Redis.Connection.GetDatabase().StringLength(key)}");
            Assert.InRange(bytes, 100, 600);
        }
    }
}
