using System.Collections.Concurrent;
using System.Net;
using System.Web;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;
using Xunit.Abstractions;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What all services export over OTLP and log, at every level, while a person and programs use them.</summary>
[Collection(HostProcessCollection.Name)]
public sealed class TelemetryTests(ITestOutputHelper output)
{
    private static readonly string[] Services = [ResourceNames.AuthServer, ResourceNames.TasksApi, ResourceNames.Web];

    private readonly ConcurrentQueue<(string Signal, string Text)> _exports = [];
    private readonly HashSet<string> _secrets = [];

    /// <summary>Part of everything secret that is sent.</summary>
    private readonly string _canary = $"canary{Guid.CreateVersion7():N}";

    /// <summary>Part of every password, which must not have the person's address in it.</summary>
    private readonly string _password =
        $"Canary-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12))}";

    [Fact]
    [Trait("Behaviour", "12")]
    [Trait("Behaviour", "57")]
    public async Task No_service_exports_or_logs_a_code_a_token_a_secret_a_password_or_an_email()
    {
        await using var receiver = await TelemetryReceiver.StartAsync((signal, export) => _exports.Enqueue((signal, export)));
        var stack = new Stack([], builder => Export(builder, receiver.Address));
        await stack.InitializeAsync();
        List<string> logs;
        try
        {
            _secrets.UnionWith([_canary, _password]);
            await UseAsync(stack.PublicOrigin);
            logs = [.. await Task.WhenAll(Services.Select(service => ResourceReport.LogOfAsync(stack.App, service)))];
            // At their end the services export the rest.
            await stack.App.StopAsync();
        }
        finally
        {
            await stack.DisposeAsync();
        }

        Assert.All(logs, log => Assert.NotEmpty(log));
        output.WriteLine(
            $"{_exports.Count} exports, {logs.Sum(log => (long)log.Length)} characters of logs; {_secrets.Count} secrets looked for");
        Assert.All(
            from service in Services from signal in (string[])["/v1/traces", "/v1/metrics", "/v1/logs"] select (service, signal),
            expected => Assert.Contains(
                _exports, export => export.Signal == expected.signal && export.Text.Contains(expected.service, StringComparison.Ordinal)));
        string[] texts = [.. logs, .. _exports.Select(export => export.Text)];
        var leaks = from secret in _secrets
                    from disguise in SecretText.Disguises(secret)
                    from text in texts
                    let at = text.IndexOf(disguise, StringComparison.OrdinalIgnoreCase)
                    where at >= 0
                    select text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 300)];
        var first = string.Join("\n\n", leaks.Take(10));
        Assert.True(first.Length == 0, first);
    }

    /// <summary>Has the services export everything to the receiver, and log at every level.</summary>
    private static void Export(IDistributedApplicationTestingBuilder builder, string address)
    {
        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            foreach (var (name, value) in Exporting(address))
            {
                _ = builder.CreateResourceBuilder(service).WithEnvironment(name, value);
            }
        }
    }

    private static Dictionary<string, string> Exporting(string address) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_LOGS_PROTOCOL"] = "http/protobuf",
        ["Logging__LogLevel__Default"] = "Trace",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
        ["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "Trace",
        ["Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command"] = "Trace",
        ["Logging__LogLevel__OpenIddict"] = "Trace",
        ["Logging__LogLevel__StackExchange.Redis"] = "Trace",
    };

    /// <summary>Signs up, lets an application in, uses it and an API key, and gets wrong what can be wrong.</summary>
    private async Task UseAsync(Uri origin)
    {
        var alice = new Person("Alice", $"{_canary}@example.com", $"{_password} 1");
        using var browser = new Browser(origin);
        await browser.SignUpAsync(alice);
        await browser.OpenAsync("/projects");
        await browser.SubmitAsync("Create project", ("Name", "Garden"));
        var client = await browser.RegisterClientAsync("My Calendar", "https://calendar.example/callback");
        _secrets.Add(client.Secret);
        await browser.OpenAsync("/developer/api-keys");
        await browser.SubmitAsync("Create API key", ("Name", "Backup"));
        var key = Keep(browser.Value("API key"));

        await browser.OpenAsync(client.AuthorizeUrl("openid profile email offline_access", $"{_canary}-state", nonce: $"{_canary}-nonce"));
        await browser.SubmitAsync("Allow");
        var code = Keep(HttpUtility.ParseQueryString(browser.Redirect!.Query)["code"]!);
        var redeemed = KeepTokens(await client.RedeemAsync(code));
        var refreshed = KeepTokens(await client.RefreshAsync(redeemed["refresh_token"]));
        var machine = KeepTokens(await client.ClientCredentialsAsync());
        Assert.Equal(HttpStatusCode.OK, (await client.GetTasksAsync(refreshed.AccessToken)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(
            HttpMethod.Get, "/oauth2/userinfo", null, new("Bearer", refreshed.AccessToken))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskWithKeyAsync(origin, key)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.IntrospectAsync(machine.AccessToken)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.RevokeAsync(machine.AccessToken)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetTasksAsync($"{_canary}-token")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskWithKeyAsync(origin, $"tmk_{_canary}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.RedeemAsync($"{_canary}-code")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.RedeemAsync(code)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.RefreshAsync($"{_canary}-refresh")).Status);
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await (client with { ClientSecret = $"{_canary}-secret" }).ClientCredentialsAsync()).Status);

        await browser.OpenAsync("/account");
        Keep(browser.Cookies.GetAllCookies().Select(cookie => cookie.Value));
        await browser.OpenAsync("/password");
        await browser.SubmitAsync("Change password", ("Current password", $"{_password} wrong"), ("New password", $"{_password} 2"));
        await browser.SubmitAsync("Change password", ("Current password", alice.Password), ("New password", $"{_password} 2"));
        await browser.OpenAsync("/projects");
        Keep(browser.Cookies.GetAllCookies().Select(cookie => cookie.Value));
        await browser.SubmitAsync("Sign out");
        await browser.SignInAsync(alice);
        Assert.Equal("/sign-in", browser.Location.AbsolutePath);
        // What Web and AuthServer tell each other through the browser.
        Keep(browser.Visited
            .Select(address => HttpUtility.ParseQueryString(address.Query))
            .SelectMany(
                query => ((string[])["code", "state", "ticket", "decision", "resume", "id_token_hint"]).Select(name => query[name]))
            .OfType<string>());
    }

    private static async Task<HttpResponseMessage> AskWithKeyAsync(Uri origin, string key)
    {
        using var http = new HttpClient { BaseAddress = origin };
        http.DefaultRequestHeaders.Add(ApiKeyFormat.Header, key);
        return await http.GetAsync("/api/tasks");
    }

    private string Keep(string secret)
    {
        _secrets.Add(secret);
        return secret;
    }

    private void Keep(IEnumerable<string> secrets) => _secrets.UnionWith(secrets);

    private Answer KeepTokens(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        Keep(((string[])["access_token", "refresh_token", "id_token"]).Select(name => answer.Json[name]?.ToString()).OfType<string>());
        return answer;
    }
}
