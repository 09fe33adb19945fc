using System.Diagnostics;
using System.Net;
using System.Text;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.AuthServer;

namespace Taskmaster.Tests.Telemetry;

/// <summary>The trace of a request to AuthServer has the commands and statements that were asked for it.</summary>
public sealed class AuthServerTraceTests : IAsyncLifetime
{
    private readonly ExportingAuthServer _host = new();
    private TestClient _client = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _client = await _host.NewClientAsync();

        // Reads the registration, and makes the short path answer from now on.
        (await _client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        _host.Recorded.Forget();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_request_has_each_of_its_commands_once_below_its_own_span()
    {
        (await _client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        var trace = await _host.Recorded.TraceAsync("/oauth2/token", asked: 1);
        Assert.Empty(trace.Postgres);
        var command = Assert.Single(trace.Redis);
        Assert.Equal(("SET", trace.Server.SpanId, ActivityStatusCode.Unset), (command.DisplayName, command.ParentSpanId, command.Status));
        Assert.Equal(
            [("db.operation.name", "SET"),
                ("db.system.name", "redis"), ("server.address", "127.0.0.1"), ("server.port", $"{_host.Redis.Port}")],
            command.TagObjects.Select(tag => (tag.Key, $"{tag.Value}")).Order());
    }

    [Fact]
    public async Task A_trace_that_the_caller_began_goes_on_to_Redis()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{AuthServerHost.Origin}/oauth2/token")
        {
            Content = new StringContent("grant_type=client_credentials", Encoding.ASCII, "application/x-www-form-urlencoded"),
            Headers = { { "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" } },
        };
        request.Headers.Authorization = TestClient.Basic(_client.ClientId, _client.Secret);

        using var answer = await _host.NewHttp().SendAsync(request, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var trace = await _host.Recorded.TraceAsync("/oauth2/token", asked: 1);
        Assert.Equal("00f067aa0ba902b7", trace.Server.ParentSpanId.ToHexString());
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", Assert.Single(trace.Redis).TraceId.ToHexString());
    }

    [Fact]
    public async Task Requests_that_come_together_have_each_its_own_command()
    {
        const int requests = 24;

        foreach (var answer in await Task.WhenAll(
            Enumerable.Range(0, requests).Select(_ => Task.Run(() => _client.ClientCredentialsAsync()))))
        {
            answer.Is(HttpStatusCode.OK);
        }

        foreach (var trace in await _host.Recorded.TracesAsync("/oauth2/token", requests, asked: 1))
        {
            var command = Assert.Single(trace.Redis);
            Assert.Equal(("SET", trace.Server.SpanId), (command.DisplayName, command.ParentSpanId));
        }
    }

    [Fact]
    public async Task A_code_flow_shows_its_statements_and_its_scripts_by_name()
    {
        var alice = await _host.NewUserAgent().SignInAsync(await _host.NewUserAsync());
        _ = await _client.CodeAsync(alice);
        _host.Recorded.Forget();
        var code = await _client.CodeAsync(alice);
        (await _client.RedeemAsync(code)).Is(HttpStatusCode.OK);

        var authorize = await _host.Recorded.TraceAsync("/oauth2/authorize", asked: 2);
        Assert.Contains("JOIN users", Assert.Single(authorize.Postgres).Text("db.query.text"), StringComparison.Ordinal);
        Assert.True(authorize.HoldsBelowServer(authorize.Postgres[0]), $"{authorize}");
        Assert.Equal("issue", Assert.Single(authorize.Redis).Text("db.stored_procedure.name"));

        // The short path looks for the code and redeems it. The text of a script is sent by the first that needs it.
        var redemption = await _host.Recorded.TraceAsync("/oauth2/token", asked: 2);
        Assert.Equal(
            ["MGET", "redeem"], redemption.Redis.Select(command => command.Text("db.stored_procedure.name") ?? command.DisplayName));
        Assert.All(redemption.Redis, command => Assert.Equal(redemption.Server.SpanId, command.ParentSpanId));
    }

    [Fact]
    public async Task A_command_that_Redis_refuses_is_an_error_with_its_code()
    {
        await using (var operators = await ConnectionMultiplexer.ConnectAsync($"{_host.Redis.Address},allowAdmin=true"))
        {
            await operators.GetServer(_host.Redis.Address).ConfigSetAsync("maxmemory", "1");
        }

        (await _client.ClientCredentialsAsync()).Is(HttpStatusCode.ServiceUnavailable);

        var trace = await _host.Recorded.TraceAsync("/oauth2/token", asked: 1);
        Assert.All(trace.Redis, command => Assert.Equal(
            (ActivityStatusCode.Error, "OOM", "OOM"),
            (command.Status, command.Text("error.type"), command.Text("db.response.status_code"))));
        Assert.Equal(ActivityStatusCode.Error, trace.Server.Status);
    }

    [Fact]
    public async Task A_Redis_that_is_away_is_an_error_of_the_command_and_a_log_line_of_the_same_trace()
    {
        await _host.Redis.KillAsync();

        (await _client.ClientCredentialsAsync()).Is(HttpStatusCode.ServiceUnavailable);

        var trace = await _host.Recorded.TraceAsync("/oauth2/token", asked: 1);
        Assert.All(trace.Redis, command => Assert.Equal(
            (ActivityStatusCode.Error, true), (command.Status, command.Text("error.type") is { Length: > 0 })));
        var line = Assert.Single(_host.Recorded.Lines, line => line.Category == typeof(OutageLog).FullName);
        Assert.Equal((trace.Server.TraceId, trace.Server.SpanId), (line.Trace, line.Span));
    }

    [Fact]
    public async Task A_script_that_Redis_has_forgotten_is_no_error()
    {
        var alice = await _host.NewUserAgent().SignInAsync(await _host.NewUserAsync());
        _ = await _client.CodeAsync(alice);
        await using (var operators = await ConnectionMultiplexer.ConnectAsync($"{_host.Redis.Address},allowAdmin=true"))
        {
            await operators.GetServer(_host.Redis.Address).ScriptFlushAsync();
        }

        _host.Recorded.Forget();
        _ = await _client.CodeAsync(alice);

        var commands = (await _host.Recorded.TraceAsync("/oauth2/authorize", asked: 3)).Redis;
        Assert.Equal(
            [("EVALSHA issue", "NOSCRIPT", ActivityStatusCode.Unset), ("EVAL issue", null, ActivityStatusCode.Unset)],
            commands.Select(command => (command.DisplayName, command.Text("db.response.status_code"), command.Status)));
    }
}
