using System.Net;
using System.Text;
using Taskmaster.AuthServer.Registration;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Moves the clock by a day, so it has a host to itself.</summary>
public sealed class UnusedRegistrationTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task A_client_that_nobody_lets_in_for_a_day_is_forgotten_and_one_that_was_used_is_not()
    {
        var (unused, used) = (await RegisterAsync(), await RegisterAsync());
        var client = new TestClient(host, used["client_id"], used["client_secret"], "https://yourapp.com/", new TestUser(
            Guid.Empty, "Nobody", string.Empty, string.Empty));
        await client.CodeAsync(await host.NewUserAgent().SignInAsync(await host.NewUserAsync()));

        host.Clock.Jump(ForgetUnusedClients.Retention);
        host.Clock.Advance(TimeSpan.FromHours(1));

        await TokenRedis.UntilAsync(async () => await StatusAsync(unused) is HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(used));
    }

    private async Task<Answer> RegisterAsync() =>
        (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent("""{"redirect_uris":["https://yourapp.com/"]}""", Encoding.UTF8, "application/json"),
        })).Is(HttpStatusCode.Created);

    private async Task<HttpStatusCode> StatusAsync(Answer registered)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/register/" + registered["client_id"]);
        request.Headers.Authorization = new("Bearer", registered["registration_access_token"]);
        return (await host.NewUserAgent().SendAsync(request)).Status;
    }
}
