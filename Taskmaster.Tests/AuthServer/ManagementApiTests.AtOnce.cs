using System.Net;
using System.Text.Json.Nodes;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Requests that meet: each is answered as if one of them had come after the other.</summary>
public sealed partial class ManagementApiTests
{
    private const int Rounds = 8;

    [Theory]
    [InlineData("application", "client_deleted")]
    [InlineData("secret", "secret_deleted")]
    [InlineData("API key", "api_key_deleted")]
    [InlineData("consent", "client_disconnected")]
    [InlineData("session", "session_ended")]
    [Trait("Behaviour", "58")]
    public async Task What_is_deleted_twice_at_once_is_deleted_and_noted_once(string what, string written)
    {
        var alice = await ManagerAsync();

        for (var round = 0; round < Rounds; round++)
        {
            var path = await NewAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => alice.SendAsync(HttpMethod.Delete, path)));

            Assert.Single(answers, answer => answer.Status is HttpStatusCode.NoContent);
            Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.NoContent, HttpStatusCode.NotFound }));
            (await alice.SendAsync(HttpMethod.Delete, path)).Is(HttpStatusCode.NotFound);
        }

        var events = (await alice.SendAsync(HttpMethod.Get, "/audit?limit=200")).Is(HttpStatusCode.OK).Json["events"]!.AsArray();
        Assert.Equal(Rounds, events.Count(entry => (string)entry!["type"]! == written));

        async Task<string> NewAsync()
        {
            switch (what)
            {
                case "application":
                    return $"/clients/{(await host.NewClientAsync(owner: alice.User)).ClientId}";
                case "secret":
                    var path = $"/clients/{(await host.NewClientAsync(owner: alice.User)).ClientId}/secrets";
                    return $"{path}/{(await alice.SendAsync(HttpMethod.Post, path, """{"name":"Second"}""")).Is(HttpStatusCode.Created)["id"]}";
                case "API key":
                    var key = await alice.SendAsync(HttpMethod.Post, "/api-keys", """{"name":"Key","scopes":["tasks:read"]}""");
                    return $"/api-keys/{key.Is(HttpStatusCode.Created)["id"]}";
                case "consent":
                    var client = await host.NewClientAsync();
                    _ = await client.CodeAsync(await host.NewUserAgent().SignInAsync(alice.User));
                    return $"/consents/{client.ClientId}";
                default:
                    var before = (await SessionIdsAsync(alice)).ToHashSet();
                    _ = await host.NewUserAgent().SignInAsync(alice.User);
                    return $"/sessions/{(await SessionIdsAsync(alice)).Single(id => !before.Contains(id))}";
            }
        }
    }

    [Fact]
    public async Task All_sessions_and_consents_ended_twice_at_once_are_ended()
    {
        var alice = await ManagerAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var browser = await host.NewUserAgent().SignInAsync(alice.User);
            _ = await (await host.NewClientAsync()).CodeAsync(browser);
            _ = await (await host.NewClientAsync()).CodeAsync(browser);

            foreach (var path in new[] { "/consents", "/sessions" })
            {
                foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => alice.SendAsync(HttpMethod.Delete, path))))
                {
                    answer.Is(HttpStatusCode.NoContent);
                }
            }

            Assert.Equal("[]", (await alice.SendAsync(HttpMethod.Get, "/consents")).Body);
            Assert.Single(await SessionIdsAsync(alice));
        }
    }

    [Fact]
    public async Task An_application_that_is_changed_while_it_is_deleted_is_gone()
    {
        var alice = await ManagerAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var path = $"/clients/{(await host.NewClientAsync(owner: alice.User)).ClientId}";

            var deleted = alice.SendAsync(HttpMethod.Delete, path);
            var changes = await Task.WhenAll(
                alice.SendAsync(HttpMethod.Put, path, """{"name":"Renamed"}"""),
                alice.SendAsync(HttpMethod.Post, path + "/disable"),
                alice.SendAsync(HttpMethod.Post, path + "/secrets", """{"name":"Another"}"""),
                alice.SendAsync(HttpMethod.Post, path + "/secrets/roll", """{"overlap":"hour"}"""));

            (await deleted).Is(HttpStatusCode.NoContent);
            Assert.All(changes, answer => Assert.True((int)answer.Status is (>= 200 and < 300) or 404, $"{answer.Status} {answer.Body}"));
            (await alice.SendAsync(HttpMethod.Get, path)).Is(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    [Trait("Behaviour", "27")]
    public async Task A_secret_rolled_twice_at_once_is_rolled_and_each_is_answered_with_one_that_works_or_was_rolled_by_the_other()
    {
        var alice = await ManagerAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var client = await host.NewClientAsync(owner: alice.User);

            var rolled = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => alice.SendAsync(
                HttpMethod.Post, $"/clients/{client.ClientId}/secrets/roll", """{"overlap":"none"}""")));

            var works = 0;
            foreach (var answer in rolled)
            {
                var value = answer.Is(HttpStatusCode.Created)["client_secret"];
                var renewed = new TestClient(host, client.ClientId, value, client.RedirectUri, client.Owner);
                works += (await renewed.ClientCredentialsAsync()).Status is HttpStatusCode.OK ? 1 : 0;
            }

            Assert.InRange(works, 1, rolled.Length);
            (await client.ClientCredentialsAsync()).Is(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_allows_more_while_it_is_disconnected_or_deleted_is_answered(bool isDeleted)
    {
        var (alice, owner) = (await ManagerAsync(), await ManagerAsync());
        var browser = await host.NewUserAgent().SignInAsync(alice.User);
        for (var round = 0; round < Rounds; round++)
        {
            var client = await host.NewClientAsync(owner: owner.User);
            _ = await client.CodeAsync(browser, ("scope", "openid"));
            var address = (await browser.GetAsync(client.AuthorizeUrl(("scope", "openid email")))).Location!.OriginalString;
            var page = (await browser.GetAsync(address)).Is(HttpStatusCode.OK);

            var answers = await Task.WhenAll(
                browser.SubmitAsync(page, address, ("choice", "allow")),
                isDeleted
                    ? owner.SendAsync(HttpMethod.Delete, $"/clients/{client.ClientId}")
                    : alice.SendAsync(HttpMethod.Delete, $"/consents/{client.ClientId}"));

            Assert.Contains(answers[0].Status, new[] { HttpStatusCode.Redirect, HttpStatusCode.BadRequest });
            answers[1].Is(HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task A_browser_whose_session_ends_while_Taskmasters_own_client_signs_in_is_answered()
    {
        var alice = await ManagerAsync();
        var web = new TestClient(host, "taskmaster-web", AuthServerHost.WebSecret, AuthServerHost.Origin + "/signin-oidc", alice.User);
        for (var round = 0; round < Rounds; round++)
        {
            var browser = await host.NewUserAgent().SignInAsync(alice.User);

            var authorized = browser.GetAsync(web.AuthorizeUrl(
                ("scope", "openid clients:manage"), ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                ("code_challenge_method", "S256")));
            (await alice.SendAsync(HttpMethod.Delete, "/sessions")).Is(HttpStatusCode.NoContent);

            (await authorized).Is(HttpStatusCode.Redirect);
        }
    }

    private static async Task<IEnumerable<string>> SessionIdsAsync(Manager user) =>
        JsonNode.Parse((await user.SendAsync(HttpMethod.Get, "/sessions")).Is(HttpStatusCode.OK).Body)!.AsArray()
            .Select(session => (string)session!["id"]!);
}
