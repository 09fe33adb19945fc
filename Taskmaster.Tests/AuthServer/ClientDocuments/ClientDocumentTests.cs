using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.ClientDocuments;
using Taskmaster.Tests.Fixtures;
using static Taskmaster.Tests.AuthServer.ClientDocuments.DocumentsHost;
using static Taskmaster.Tests.Fixtures.DocumentServer;

namespace Taskmaster.Tests.AuthServer.ClientDocuments;

/// <summary>Clients that nobody registered (draft-ietf-oauth-client-id-metadata-document-02), from first request to last.</summary>
public sealed class ClientDocumentTests(DocumentsHost host) : IClassFixture<DocumentsHost>
{
    private static readonly TimeSpan UntilOutOfDate = TimeSpan.FromHours(2);

    private DocumentServer Documents => host.Documents;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agent_that_nobody_registered_signs_its_user_in_and_refreshes(bool usesShortPath)
    {
        var replica = host.NewReplica(("Fast:ShortPath", usesShortPath.ToString()));
        var address = Documents.PublishNew();
        var client = host.ClientAt(address, replica: replica);
        var alice = await host.NewUserAgent(replica).SignInAsync(await host.NewUserAsync());

        var bought = (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);
        var refreshed = (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);

        Assert.Equal("openid tasks:read offline_access", bought["scope"]);
        Assert.Equal(address, IdToken.Read(bought["id_token"]).Claims["aud"]!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await UserInfoAsync(refreshed.AccessToken)).Status);
        (await client.RevokeAsync(refreshed["refresh_token"])).Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, (await UserInfoAsync(refreshed.AccessToken)).Status);
        Assert.Equal(1, Documents.FetchesOf(address));
    }

    [Fact]
    public async Task A_pushed_request_of_such_a_client_is_taken_by_any_replica()
    {
        var client = host.ClientAt(Documents.PublishNew());
        var alice = await host.NewUserAgent(host.NewReplica()).SignInAsync(await host.NewUserAsync());
        var pkce = Pkce.New();

        var pushed = (await client.PostAsync("/oauth2/par",
            ("response_type", "code"), ("redirect_uri", Callback), ("scope", "tasks:read"), ("code_challenge", pkce.Challenge),
            ("code_challenge_method", "S256"))).Is(HttpStatusCode.Created);
        var (clientId, requestUri) = (Uri.EscapeDataString(client.ClientId), Uri.EscapeDataString(pushed["request_uri"]));
        var answer = await alice.AllowAsync($"/oauth2/authorize?client_id={clientId}&request_uri={requestUri}");

        (await client.RedeemAsync(answer.Query["code"]!, ("code_verifier", pkce.Verifier))).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "18")]
    public async Task The_page_names_the_host_and_what_the_client_calls_itself_and_where_the_answer_goes()
    {
        var client = host.ClientAt(Documents.PublishNew(("client_name", "Taskmaster"), ("client_uri", "https://agent.example/about")));

        var page = await ConsentPageAsync(client);

        var authority = new Uri(Documents.Origin).Authority;
        Assert.Equal($"Allow {authority} to use your Taskmaster account?", page.QuerySelector("h1")!.TextContent);
        var said = page.QuerySelectorAll("dt").ToDictionary(
            term => term.TextContent, term => term.NextElementSibling!.TextContent.Trim(), StringComparer.Ordinal);
        Assert.Equal("Taskmaster", said["It says it is"]);
        Assert.StartsWith($"Whoever runs {authority}.", said["Made by"], StringComparison.Ordinal);
        Assert.Equal("agent.example", said["You return to"]);
        Assert.Equal("Homepage at agent.example", said["It says of itself"]);
        Assert.Null(page.QuerySelector(".notice.warning"));
    }

    /// <summary>RFC 8252 §8.6.</summary>
    [Fact]
    [Trait("Behaviour", "18")]
    public async Task The_page_warns_when_any_program_of_the_device_could_be_the_client()
    {
        var client = host.ClientAt(
            Documents.PublishNew(("redirect_uris", new JsonArray("http://127.0.0.1/callback", "http://localhost:3000/callback"))),
            "http://127.0.0.1:49152/callback");

        var page = await ConsentPageAsync(client);

        Assert.Contains(
            "any program on it could say that it is this application", page.QuerySelector(".notice.warning")!.TextContent,
            StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:49152", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_URIs_are_those_of_the_document_and_no_other()
    {
        var client = host.ClientAt(Documents.PublishNew(("redirect_uris", new JsonArray(Callback, "other-app:/callback"))));
        var browser = host.NewUserAgent();

        foreach (var other in new[] { Callback + "/", "https://evil.example/callback", "other-app:/callback" })
        {
            (await browser.GetAsync(RequestOf(client, Pkce.New(), ("redirect_uri", other)), "*/*"))
                .IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid redirect URI");
        }

        (await browser.GetAsync(RequestOf(client, Pkce.New()))).Is(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Such_a_client_must_use_PKCE_and_gets_no_more_than_users_may_allow_and_its_document_names()
    {
        var client = host.ClientAt(Documents.PublishNew(("scope", "openid tasks:read mcp:tools")));
        var browser = host.NewUserAgent();

        var withoutPkce = await browser.GetAsync(client.AuthorizeUrl(("scope", "openid")));
        var own = await browser.GetAsync(RequestOf(client, Pkce.New(), ("scope", "openid clients:manage")));
        var more = await browser.GetAsync(RequestOf(client, Pkce.New(), ("scope", "openid tasks:write")));

        Assert.Equal("Missing required parameter: code_challenge", withoutPkce.Query["error_description"]);
        Assert.Equal("Invalid scope: clients:manage", own.Query["error_description"]);
        Assert.Equal("Invalid scope: tasks:write", more.Query["error_description"]);
        var alice = await NewAliceAsync();
        var pkce = Pkce.New();
        var allowed = await alice.AllowAsync(RequestOf(client, pkce, ("scope", null)));
        var bought = (await client.RedeemAsync(allowed.Query["code"]!, ("code_verifier", pkce.Verifier))).Is(HttpStatusCode.OK);
        Assert.Equal("openid tasks:read", bought["scope"]);
        (await client.PostAsync("/oauth2/device", ("scope", "openid"))).Is(HttpStatusCode.BadRequest);
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("client_name", "\"Another Agent\"")]
    [InlineData("redirect_uris", $"[\"{Callback}\",\"https://agent.example/other\"]")]
    [InlineData("scope", "\"openid profile tasks:read offline_access\"")]
    public async Task A_document_that_says_something_else_is_asked_about_again_and_what_was_granted_goes_on(string member, string value)
    {
        var address = Documents.PublishNew();
        var client = host.ClientAt(address);
        var alice = await NewAliceAsync();
        var bought = (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);
        Assert.NotNull((await alice.GetAsync(RequestOf(client, Pkce.New()))).Query["code"]);

        Documents.Publish(address, Document(address, (member, JsonNode.Parse(value))));
        host.Clock.Advance(UntilOutOfDate);

        await IsAskedAsync(alice, client);
        (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);
        (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);
        Assert.NotNull((await alice.GetAsync(RequestOf(client, Pkce.New()))).Query["code"]);
    }

    [Fact]
    public async Task A_document_that_changes_in_nothing_a_user_agreed_to_is_not_asked_about_again()
    {
        var address = Documents.PublishNew();
        var client = host.ClientAt(address);
        var alice = await NewAliceAsync();
        (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);

        Documents.Publish(address, Document(address, ("logo_uri", "https://agent.example/logo.png"), ("software_version", "2")));
        host.Clock.Advance(UntilOutOfDate);

        Assert.NotNull((await alice.GetAsync(RequestOf(client, Pkce.New()))).Query["code"]);
        Assert.Equal(2, Documents.FetchesOf(address));
    }

    [Fact]
    public async Task A_document_that_changes_while_the_user_decides_is_not_the_one_that_is_allowed()
    {
        var address = Documents.PublishNew();
        var client = host.ClientAt(address);
        var alice = await NewAliceAsync();
        var request = RequestOf(client, Pkce.New());
        var consentUrl = (await alice.GetAsync(request)).Location!.OriginalString;
        var page = (await alice.GetAsync(consentUrl)).Is(HttpStatusCode.OK);

        Documents.Publish(address, Document(address, ("client_name", "Another Agent")));
        host.Clock.Advance(UntilOutOfDate);

        (await alice.SubmitAsync(page, consentUrl, ("choice", "allow"))).Is(HttpStatusCode.BadRequest);
        await IsAskedAsync(alice, client);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_document_that_is_gone_ends_what_was_granted_until_it_is_back(int status)
    {
        var address = Documents.PublishNew();
        var client = host.ClientAt(address);
        var alice = await NewAliceAsync();
        var bought = (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);

        Documents.Answer(address, status);
        host.Clock.Advance(UntilOutOfDate);

        const string gone = "There is no metadata document at the client_id";
        (await client.RefreshAsync(bought["refresh_token"])).IsError(HttpStatusCode.Unauthorized, "invalid_client", gone);
        (await alice.GetAsync(RequestOf(client, Pkce.New()), "*/*")).IsError(HttpStatusCode.BadRequest, "invalid_request", gone);
        Documents.Publish(address, Document(address));
        host.Clock.Advance(DocumentClients.Pause);
        (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_the_host_fails_what_was_granted_goes_on_for_a_day_and_no_sign_in_begins()
    {
        var address = Documents.PublishNew();
        var client = host.ClientAt(address);
        var alice = await NewAliceAsync();
        var bought = (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);

        Documents.Answer(address, 500);
        host.Clock.Advance(UntilOutOfDate);

        var refreshed = (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);
        refreshed = (await client.RefreshAsync(refreshed["refresh_token"])).Is(HttpStatusCode.OK);
        Assert.Equal(2, Documents.FetchesOf(address));
        (await alice.GetAsync(RequestOf(client, Pkce.New()), "*/*")).Is(HttpStatusCode.BadRequest);
        host.Clock.Jump(TimeSpan.FromDays(1));
        var refused = (await client.RefreshAsync(refreshed["refresh_token"])).Is(HttpStatusCode.Unauthorized);
        Assert.Equal("invalid_client", refused["error"]);
    }

    [Fact]
    public async Task A_user_sees_and_ends_what_such_a_client_may_do()
    {
        var client = host.ClientAt(Documents.PublishNew());
        var user = await host.NewUserAsync();
        var managing = await ManagingUser.SignInAsync(host, user);
        var bought = (await SignInAsync(client, managing.Browser)).Is(HttpStatusCode.OK);

        var consent = Assert.Single((await managing.SendAsync(HttpMethod.Get, "/consents")).Is(HttpStatusCode.OK).Items)!;
        Assert.Equal(client.ClientId, (string)consent["client_id"]!);
        Assert.Equal(new Uri(client.ClientId).Authority, (string)consent["host"]!);
        Assert.Equal("Example Agent", (string)consent["name"]!);
        (await managing.SendAsync(HttpMethod.Delete, "/consents/" + Uri.EscapeDataString(client.ClientId))).Is(HttpStatusCode.NoContent);

        Assert.Equal(HttpStatusCode.Unauthorized, (await UserInfoAsync(bought.AccessToken)).Status);
        (await client.RefreshAsync(bought["refresh_token"]))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token");
        Assert.Contains("client_disconnected", await managing.AuditAsync());
    }

    [Fact]
    public async Task A_client_that_nobody_lets_in_any_more_is_forgotten_and_the_others_are_not()
    {
        var (kept, left) = (host.ClientAt(Documents.PublishNew()), host.ClientAt(Documents.PublishNew()));
        var managing = await ManagingUser.SignInAsync(host);
        foreach (var client in new[] { kept, left })
        {
            (await SignInAsync(client, managing.Browser)).Is(HttpStatusCode.OK);
        }

        (await managing.SendAsync(HttpMethod.Delete, "/consents/" + Uri.EscapeDataString(left.ClientId))).Is(HttpStatusCode.NoContent);
        host.Clock.Advance(ForgetUnusedDocuments.Retention + TimeSpan.FromMinutes(1));

        _ = await host.Services.GetRequiredService<ForgetUnusedDocuments>().ForgetAsync(CancellationToken.None);

        Assert.Equal(1, await RowsOfAsync(kept));
        Assert.Equal(0, await RowsOfAsync(left));
    }

    [Fact]
    public async Task Nobody_is_written_down_before_a_user_lets_them_in()
    {
        var client = host.ClientAt(Documents.PublishNew());
        var alice = await NewAliceAsync();

        await IsAskedAsync(alice, client);
        Assert.Equal(0, await RowsOfAsync(client));

        (await SignInAsync(client, alice)).Is(HttpStatusCode.OK);
        Assert.Equal(1, await RowsOfAsync(client));
    }

    private Task<UserAgent> NewAliceAsync() => NewAliceAsync(host);

    private static async Task<UserAgent> NewAliceAsync(DocumentsHost host) =>
        await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> ConsentPageAsync(TestClient client)
    {
        var alice = await NewAliceAsync();
        var consentUrl = await IsAskedAsync(alice, client);
        return UserAgent.Html((await alice.GetAsync(consentUrl)).Is(HttpStatusCode.OK));
    }

    private static async Task<string> IsAskedAsync(UserAgent user, TestClient client)
    {
        var location = (await user.GetAsync(RequestOf(client, Pkce.New()))).Is(HttpStatusCode.Redirect).Location!.OriginalString;
        Assert.StartsWith("/consent?", location, StringComparison.Ordinal);
        return location;
    }

    private Task<Answer> UserInfoAsync(string accessToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/userinfo");
        request.Headers.Authorization = new("Bearer", accessToken);
        return host.NewUserAgent().SendAsync(request);
    }

    private async Task<int> RowsOfAsync(TestClient client)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Taskmaster.AuthServer.Data.AuthDbContext>();
        return await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(
            database.Set<Taskmaster.AuthServer.Clients.Client>(), row => row.ClientId == client.ClientId);
    }
}
