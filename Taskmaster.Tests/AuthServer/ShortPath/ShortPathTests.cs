using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.TokenStore;

namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>One server with two replicas, one with the short path and one without: only the tokens that they make may differ.</summary>
[Collection(nameof(WithShortPath))]
public sealed partial class ShortPathTests(AuthServerHost host)
{
    [Fact]
    public async Task Every_request_is_answered_the_same_with_and_without_it()
    {
        var (with, without) = (host.NewReplica(), host.NewReplica(("ShortPath:Enabled", "false")));
        using var shortened = new ShortPathAnswers(with.Services.GetRequiredService<IMeterFactory>());
        using var whole = new ShortPathAnswers(without.Services.GetRequiredService<IMeterFactory>());
        var words = await WordsAsync();

        // The first request brings the client into the cache; only then does the short path know it.
        _ = await SendAsync(with, ShortPathRequest.All[0], words);

        foreach (var request in ShortPathRequest.All)
        {
            _ = shortened.Take();
            var answer = await SendAsync(with, request, words);
            Assert.Equal((request.Name, request.IsShort ? 1 : 0), (request.Name, shortened.Take().Short));
            Assert.Equal(Shown(request, await SendAsync(without, request, words)), Shown(request, answer));
        }

        Assert.Equal(0, whole.Take().Short);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("tasks:read")]
    [InlineData("tasks:read tasks:write")]
    public async Task It_writes_the_entry_that_the_pipeline_writes(string? scope)
    {
        var client = await host.NewClientAsync();
        var pipeline = host.NewReplica(("ShortPath:Enabled", "false"));
        var introspection = ShortPathRequest.All.Single(request => request.Name == "introspection");
        var reader = host.Services.GetRequiredService<TokenReader>();

        // The first is the pipeline's, which then has the client in its cache.
        var tokens = new[] { await client.ClientCredentialsAsync(("scope", scope)), await client.ClientCredentialsAsync(("scope", scope)) };

        var entries = new List<string>();
        foreach (var reference in tokens.Select(answer => answer.Is(HttpStatusCode.OK)["access_token"]))
        {
            var entry = (await reader.FindAsync(TokenReference.Locate(reference), default))!;
            var claims = (await host.Services.GetRequiredService<AccessTokens>().FindLiveAsync(reference))!.Claims
                .Where(claim => claim.Value != entry.Id)
                .Select(claim => $"{claim.Type} {claim.Value} {claim.ValueType} {claim.Issuer} {string.Join(',', claim.Properties)}")
                .Order();
            entries.Add($"""
                {entry.ApplicationId} {entry.AuthorizationId} {entry.CreationDate:O} {entry.ExpirationDate:O} {entry.Status} {entry.Subject} {entry.Type}
                {entry.ReferenceId == entry.Id} {entry.Properties.Count} {Encoding.ASCII.GetString(entry.Header!)[35..]}
                {string.Join('\n', claims)}
                {(await SendAsync(pipeline, introspection, new() { ["id"] = client.Id, ["secret"] = client.Secret, ["token"] = reference })).Is(HttpStatusCode.OK).Body}
                """);
        }

        Assert.Contains(client.Id, entries[0], StringComparison.Ordinal);
        Assert.Equal(entries[0], entries[1]);
    }

    [Fact]
    public async Task It_answers_all_but_the_first_request_of_a_client_and_in_one_round_trip_each()
    {
        var client = await host.NewClientAsync();
        using var answers = new ShortPathAnswers(host.Services.GetRequiredService<IMeterFactory>());
        using var trips = new TokenStore.OAuth.RoundTrips(host.Services.GetRequiredService<IMeterFactory>());
        _ = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        Assert.Equal((0, 1), answers.Take());
        _ = trips.Take();

        var token = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];
        Assert.Equal("issue", trips.Take());
        Assert.True(await client.IsActiveAsync(token));
        Assert.Equal("find", trips.Take());

        Assert.Equal((2, 0), answers.Take());
    }

    private static Task<Answer> SendAsync(AuthServerHost.Replica replica, ShortPathRequest request, Dictionary<string, string> words)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, request.Path)
        {
            Content = new StringContent(Filled(request.Form), Encoding.ASCII, "application/x-www-form-urlencoded"),
        };

        if (request.Authorization?.Split(' ') is [var scheme, var credentials])
        {
            var filled = Filled(credentials);
            var header = scheme is "Bearer" ? filled : Convert.ToBase64String(Encoding.ASCII.GetBytes(filled));
            Assert.True(message.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {header}"));
        }

        return new UserAgent(replica.NewClient(), new Uri(AuthServerHost.Origin)).SendAsync(message);

        string Filled(string text) => Word().Replace(text, word => words[word.Groups[1].Value]);
    }

    /// <summary>What a client sees: status, all headers except the one that counts requests down, and the body with the token that was made for it taken out.</summary>
    private static string Shown(ShortPathRequest request, Answer answer) => $"""
        {request.Name}: {(int)answer.Status}
        {string.Join('\n', answer.Message.Headers.Concat(answer.Message.Content.Headers).Where(header => header.Key != "RateLimit").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order())}
        {IssuedToken().Replace(answer.Body, "$1(43 characters)")}
        """;

    private async Task<Dictionary<string, string>> WordsAsync()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var signedIn = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid profile offline_access")))).Is(HttpStatusCode.OK);
        var revoked = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];
        _ = (await client.RevokeAsync(revoked)).Is(HttpStatusCode.OK);

        return new()
        {
            ["id"] = client.Id,
            ["secret"] = client.Secret,
            ["token"] = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"],
            ["scoped"] = (await client.ClientCredentialsAsync(("scope", "tasks:read tasks:write"))).Is(HttpStatusCode.OK)["access_token"],
            ["users"] = signedIn["access_token"],
            ["refresh"] = signedIn["refresh_token"],
            ["id_token"] = signedIn["id_token"],
            ["code"] = await client.CodeAsync(alice),
            ["revoked"] = revoked,
            ["foreign"] = (await (await host.NewClientAsync("Mallory")).ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"],
        };
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Word();

    [GeneratedRegex("""("access_token": ")[\w-]{43}""")]
    private static partial Regex IssuedToken();
}
