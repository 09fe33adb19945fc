using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Decisions about one device that come at once, on two replicas.</summary>
public sealed partial class DeviceAuthorizationTests
{
    [Theory]
    [InlineData("allow", "deny", false)]
    [InlineData("allow", "allow", false)]
    [InlineData("deny", "deny", false)]
    [InlineData("allow", "allow", true)]
    [InlineData("allow", "deny", true)]
    [Trait("Behaviour", "47")]
    public async Task Of_two_decisions_at_once_one_counts_and_every_page_and_the_device_say_which(
        string here, string there, bool isOtherUser)
    {
        var replica = host.NewReplica();
        var alice = await ManagingUser.SignInAsync(host);
        var bob = isOtherUser ? await ManagingUser.SignInAsync(host) : alice;
        (ManagingUser User, UserAgent Browser, string Choice)[] deciders =
        [
            (alice, alice.Browser, here),
            (bob, host.NewUserAgent(replica).WithCookiesOf(bob.Browser), there),
        ];

        for (var round = 0; round < 8; round++)
        {
            var device = await NewDeviceAsync();
            var started = await StartAsync(device, ("scope", "openid profile"));
            var pages = await Task.WhenAll(deciders.Select(decider => decider.Browser.GetAsync(started["verification_uri_complete"])));

            var answers = await Task.WhenAll(deciders.Zip(pages, (decider, page) =>
                decider.Browser.SubmitAsync(page, "/oauth2/verify", ("choice", decider.Choice))));

            var polled = await PollAsync(device, started);
            var decided = polled.Status is HttpStatusCode.OK ? "allow" : "deny";
            Assert.True(decided is "allow" || polled["error"] is "access_denied", polled.Body);
            var sub = decided is "allow" ? (await UserInfoAsync(polled.AccessToken)).Is(HttpStatusCode.OK)["sub"] : null;
            var counted = deciders.Zip(answers).Where(pair => pair.Second.Status is HttpStatusCode.Redirect).ToList();
            Assert.Equal(!isOtherUser && here == there ? 2 : 1, counted.Count);
            Assert.All(counted, pair =>
            {
                Assert.Equal($"/oauth2/verify?decided={decided}", pair.Second.Location!.OriginalString);
                Assert.Equal(decided, pair.First.Choice);
                Assert.True(sub is null || sub == $"{pair.First.User.User.Id:D}");
            });
            Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.Redirect), answer => Assert.Contains(
                "used", UserAgent.Html(answer.Is(HttpStatusCode.BadRequest)).QuerySelector("#user_code-error")!.TextContent,
                StringComparison.Ordinal));
            foreach (var (user, _, _) in deciders)
            {
                var consents = (await user.SendAsync(HttpMethod.Get, "/consents")).Is(HttpStatusCode.OK).Body;
                Assert.Equal(sub == $"{user.User.Id:D}", consents.Contains(device.ClientId, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task A_decision_that_is_sent_again_is_confirmed_and_another_one_comes_too_late()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device, ("scope", "openid profile"));
        var page = (await alice.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.OK);

        async Task<Answer> SendAsync(string choice) => await alice.SubmitAsync(page, "/oauth2/verify", ("choice", choice));
        (await SendAsync("deny")).Is(HttpStatusCode.Redirect);
        (await SendAsync("allow")).Is(HttpStatusCode.BadRequest);
        Assert.Equal("/oauth2/verify?decided=deny", (await SendAsync("deny")).Is(HttpStatusCode.Redirect).Location!.OriginalString);

        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "access_denied", "The user denied the request");
    }
}
