using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Taskmaster.Tests.Fixtures;
using Xunit.Abstractions;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>
/// Requests to everything that reads a query, a form or client metadata, most of them spoilt: each gets a documented
/// answer, none leads to an address that nobody has verified, and nothing secret in them is exported. By default a few
/// thousand, the same each time; TASKMASTER_GENERATED_REQUESTS=100000 asks for more, TASKMASTER_SEED for others.
/// </summary>
public sealed class GeneratedRequestTests(RecordedHost host, ITestOutputHelper output) : IClassFixture<RecordedHost>
{
    private const int Lanes = 4;

    /// <summary>So that one that is locked or signed out does not stand for all.</summary>
    private const int RequestsAnAccount = 250;

    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly ConcurrentBag<string> _issued = [];

    [Fact]
    [Trait("Behaviour", "57")]
    public async Task Every_answer_to_a_generated_request_is_documented_and_nothing_secret_is_exported()
    {
        var count = Setting("TASKMASTER_GENERATED_REQUESTS", 2_400);
        var seed = Setting("TASKMASTER_SEED", 1);
        output.WriteLine($"TASKMASTER_SEED={seed}, {count} requests");

        var problems = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => RunAsync(seed + lane, count / Lanes))));

        foreach (var (answer, times) in _answers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{times,7} {answer}");
        }

        host.Services.GetRequiredService<TracerProvider>().ForceFlush();
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        var (lines, spans, measurements, exports) = host.Telemetry.Read;
        output.WriteLine($"read {lines} log lines, {spans} spans, {measurements} measurements, {exports} exports; {_issued.Count} issued "
            + $"values looked for");
        IsEmpty(problems.SelectMany(found => found));
        IsEmpty(host.Telemetry.Leaks);
        IsEmpty(_issued.Select(host.Telemetry.Find).OfType<string>());
        Assert.True(spans > count
            && measurements > count
            && lines > 0
            && exports > 1, "Hardly anything was exported, so hardly anything was read.");
        Assert.Superset(
            new HashSet<string>(
            [
                "Microsoft.AspNetCore", "Npgsql", "Taskmaster.TokenStore", "Taskmaster.Redis",
                "auth_server.requests", "auth_server.sign_ins", "token_store.tokens.issued", "token_store.tokens.redeemed",
                "token_store.revocations",
                "db.client.operation.duration",
            ]),
            host.Telemetry.Sources.ToHashSet());
        Assert.All(
            (string[])[
                "200 token", "201 par", "200 device", "201 register", "200 registration", "200 revoke", "200 introspect", "200 userinfo",
                "302 authorize", "302 verify"
            ],
            answer => Assert.True(_answers.GetValueOrDefault(answer) > 0, $"Never {answer}: hardly anything was tested."));
    }

    // Whole, unlike xunit shows them.
    private static void IsEmpty(IEnumerable<string> problems)
    {
        var found = problems.Take(10).ToList();
        Assert.True(found.Count == 0, string.Join("\n\n", found));
    }

    private async Task<List<string>> RunAsync(int seed, int count)
    {
        var (choices, canary) = (new Choices(seed), host.Telemetry.Canary);
        var http = host.NewHttp();
        KnownClient[] clients = [await ClientAsync(), await ClientAsync(), await ClientAsync(isPublic: true)];
        List<string> problems = [];

        for (var done = 0; done < count && problems.Count < 10; done += RequestsAnAccount)
        {
            var known = new KnownValues();
            var generator = new RequestGenerator(choices, known, clients, canary);
            var spoiler = new RequestSpoiler(choices, clients, canary);
            var alice = await SignUpAsync(known, clients);
            List<KnownClient> all = [.. clients];

            for (var n = 0; n < Math.Min(RequestsAnAccount, count - done); n++)
            {
                var request = generator.Next(alice);
                spoiler.Spoil(request);
                using var message = request.ToMessage(new Uri(AuthServerHost.Origin));
                Answer answer;
                try
                {
                    answer = await Answer.ReadAsync(await http.SendAsync(message, CancellationToken.None));
                }
                catch (Exception exception)
                {
                    // In process there is no server around the application that makes a 500 of it.
                    problems.Add($"seed {seed}: {exception}: {request}");
                    continue;
                }

                _answers.AddOrUpdate($"{(int)answer.Status} {request.Endpoint}", 1, (_, times) => times + 1);
                if (DocumentedAnswers.Problem(request, answer, all) is { } problem)
                {
                    problems.Add($"seed {seed}: {problem}: {request} → {(int)answer.Status} {answer.Location} {answer.Body}");
                }

                Remember(request, answer, generator, known, all);
            }
        }

        return problems;
    }

    /// <summary>What later requests need to succeed.</summary>
    private void Remember(
        GeneratedRequest request, Answer answer, RequestGenerator generator, KnownValues known, List<KnownClient> clients)
    {
        if (answer.Status is HttpStatusCode.Redirect
            && answer.Location is { IsAbsoluteUri: true } redirect
            && System.Web.HttpUtility.ParseQueryString(redirect.Query)["code"] is { } code)
        {
            Keep("code", code);
        }

        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created)
            || answer.Message.Content.Headers.ContentType?.MediaType is not "application/json")
        {
            return;
        }

        foreach (var name in (string[])[
            "access_token", "refresh_token", "id_token", "device_code", "user_code", "request_uri", "client_secret",
            "registration_access_token"
        ])
        {
            if (answer.Json[name] is { } value)
            {
                Keep(name, value.ToString());
            }
        }

        if (request.Endpoint is "register" or "registration" && answer.Json["registration_access_token"] is { } token)
        {
            var client = new KnownClient(
                answer["client_id"], answer.Json["client_secret"]?.ToString(),
                [.. answer.Json["redirect_uris"]!.AsArray().Select(uri => uri!.ToString())], token.ToString());
            clients.Add(client);
            if (answer.Status is HttpStatusCode.Created && client.RedirectUris.Count > 0)
            {
                generator.Add(client);
            }
        }

        void Keep(string kind, string value)
        {
            _issued.Add(value);
            known.Add(kind is "request_uri" or "user_code" ? kind : $"{kind} {generator.Client.Id}", value);
        }
    }

    /// <returns>The cookies of a new user who has let all clients in.</returns>
    private async Task<string> SignUpAsync(KnownValues known, IReadOnlyList<KnownClient> clients)
    {
        var canary = host.Telemetry.Canary;
        var alice = host.NewUserAgent();
        (await alice.SubmitAsync("/sign-up", ("Name", "Alice"), (
            "Email", $"{canary}@{Guid.CreateVersion7():N}.example.com"), ("Password", $"{canary} or longer"))).Is(HttpStatusCode.Redirect);
        foreach (var client in clients)
        {
            var url =
                $"/oauth2/authorize?response_type=code&client_id={client.Id}&redirect_uri={Uri.EscapeDataString(client.RedirectUris[0])}&scope=openid%20profile%20email%20offline_access%20tasks:read%20tasks:write"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
            _ = await alice.AllowAsync(url);
        }

        var page = UserAgent.Html((await alice.GetAsync("/oauth2/verify")).Is(HttpStatusCode.OK));
        known.Add("antiforgery", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value);
        return alice.Cookies;
    }

    private async Task<KnownClient> ClientAsync(bool isPublic = false)
    {
        string[] redirectUris = isPublic
            ? ["http://127.0.0.1/callback", "com.example.app:/callback", "https://app.example/callback"]
            : ["https://yourapp.com/auth/callback", "https://yourapp.com/other?tenant=1"];
        var secret = isPublic ? null : $"{host.Telemetry.Canary}:%+é";
        var client = await host.NewClientAsync("A generated client", isPublic, secret: secret, redirectUris: redirectUris);
        return new KnownClient(client.ClientId, secret, redirectUris);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
