using System.Net;

namespace Taskmaster.Tests.AuthServer;

public sealed partial class ManagementApiTests
{
    [Fact]
    public async Task A_secret_is_told_from_others_by_its_two_ends()
    {
        var alice = await ManagerAsync();
        var created = (await alice.SendAsync(HttpMethod.Post, "/clients", """{"name":"App"}""")).Is(HttpStatusCode.Created);
        var value = created["client_secret"];

        var listed = (await alice.SendAsync(HttpMethod.Get, $"/clients/{created["client_id"]}")).Is(HttpStatusCode.OK).Json["secrets"]![0]!;

        Assert.Equal((value[..4], value[^4..]), ((string?)listed["prefix"], (string?)listed["last_four"]));
        Assert.DoesNotContain(value[4..^4], listed.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Behaviour", "27")]
    [InlineData("none", 0)]
    [InlineData("hour", 60)]
    [InlineData("day", 24 * 60)]
    [InlineData("week", 7 * 24 * 60)]
    public async Task Rolling_makes_a_new_secret_and_ends_the_old_one_after_the_overlap(string overlap, int minutes)
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync(owner: alice.User);
        var path = $"/clients/{client.ClientId}";

        var rolled = (await alice.SendAsync(HttpMethod.Post, path + "/secrets/roll", $$"""{"overlap":"{{overlap}}"}"""))
            .Is(HttpStatusCode.Created);
        var renewed = new TestClient(host, client.ClientId, rolled["client_secret"], client.RedirectUri, client.Owner);
        (await renewed.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        var secrets = (await alice.SendAsync(HttpMethod.Get, path)).Is(HttpStatusCode.OK).Json["secrets"]!.AsArray();
        Assert.Equal(2, secrets.Count);
        foreach (var secret in secrets)
        {
            var end = (string?)secret!["id"] == rolled["id"] ? (DateTimeOffset?)null : host.Clock.GetUtcNow().AddMinutes(minutes);
            Assert.Equal(InPostgres(end), secret["expires_at"]?.GetValue<DateTimeOffset>());
        }

        if (overlap is "day" or "week")
        {
            (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
            return;
        }

        host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        (await client.ClientCredentialsAsync()).IsError(HttpStatusCode.Unauthorized, "invalid_client", "invalid client credentials");
    }

    [Fact]
    public async Task Rolling_forgets_what_has_expired_and_never_lengthens_a_life()
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync(owner: alice.User);
        var path = $"/clients/{client.ClientId}/secrets";
        var soon = host.Clock.GetUtcNow().AddMinutes(5);
        (await alice.SendAsync(HttpMethod.Post, path, $$"""{"name":"Brief","expires_at":"{{soon:O}}"}""")).Is(HttpStatusCode.Created);

        for (var rolls = 0; rolls < 12; rolls++)
        {
            (await alice.SendAsync(HttpMethod.Post, path + "/roll", """{"overlap":"none"}""")).Is(HttpStatusCode.Created);
        }

        var last = (await alice.SendAsync(HttpMethod.Post, path + "/roll", """{"overlap":"week"}""")).Is(HttpStatusCode.Created);
        var secrets = (await alice.SendAsync(HttpMethod.Get, $"/clients/{client.ClientId}")).Is(HttpStatusCode.OK).Json["secrets"]!.AsArray();
        Assert.Equal(2, secrets.Count);
        Assert.Contains(secrets, secret => (string?)secret!["id"] == last["id"]);
        Assert.Contains("secret_rolled", (await alice.SendAsync(HttpMethod.Get, "/audit")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);

        (await alice.SendAsync(HttpMethod.Post, path, $$"""{"name":"Brief","expires_at":"{{soon:O}}"}""")).Is(HttpStatusCode.Created);
        (await alice.SendAsync(HttpMethod.Post, path + "/roll", """{"overlap":"week"}""")).Is(HttpStatusCode.Created);
        var brief = (await alice.SendAsync(HttpMethod.Get, $"/clients/{client.ClientId}")).Json["secrets"]!.AsArray()
            .Single(secret => (string?)secret!["name"] == "Brief")!;
        Assert.Equal(InPostgres(soon), brief["expires_at"]!.GetValue<DateTimeOffset>());
    }

    /// <summary>To the microsecond.</summary>
    private static DateTimeOffset? InPostgres(DateTimeOffset? time) => time?.AddTicks(-(time.Value.Ticks % TimeSpan.TicksPerMicrosecond));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"overlap":"year"}""")]
    public async Task Another_overlap_is_refused_by_its_field(string body)
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync(owner: alice.User);

        var answer = (await alice.SendAsync(HttpMethod.Post, $"/clients/{client.ClientId}/secrets/roll", body)).Is(HttpStatusCode.BadRequest);

        Assert.Equal("overlap must be one of: none, hour, day, week", (string?)answer.Json["errors"]!["overlap"]![0]);
    }

    [Fact]
    public async Task The_owner_sees_how_many_people_let_an_application_in_and_those_see_its_links()
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync(owner: alice.User);
        var path = $"/clients/{client.ClientId}";
        (await alice.SendAsync(
            HttpMethod.Put, path, """{"client_uri":"https://app.example/","policy_uri":"https://app.example/privacy"}"""))
            .Is(HttpStatusCode.OK);
        Assert.Equal("""{"people":0}""", (await alice.SendAsync(HttpMethod.Get, path + "/consents")).Is(HttpStatusCode.OK).Body);

        var bob = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var asked = (await bob.GetAsync(client.AuthorizeUrl())).Is(HttpStatusCode.Redirect).Location!.OriginalString;
        var links = UserAgent.Html((await bob.GetAsync(asked)).Is(HttpStatusCode.OK)).QuerySelectorAll("dd a");
        Assert.Equal(
            [("Homepage", "https://app.example/"), ("Privacy policy", "https://app.example/privacy")],
            links.Select(link => (link.TextContent, link.GetAttribute("href")!)));
        await bob.AllowAsync(client.AuthorizeUrl());

        Assert.Equal("""{"people":1}""", (await alice.SendAsync(HttpMethod.Get, path + "/consents")).Is(HttpStatusCode.OK).Body);
        var cleared = (await alice.SendAsync(HttpMethod.Put, path, """{"client_uri":""}""")).Is(HttpStatusCode.OK);
        Assert.Null(cleared.Json["client_uri"]);
        Assert.Equal("https://app.example/privacy", cleared["policy_uri"]);
    }
}
