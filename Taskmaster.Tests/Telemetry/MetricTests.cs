using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.ServiceDefaults.RateLimits;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.Tests.AuthServer;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TasksApi.Hosting;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.Telemetry;

/// <summary>What the services count is what happened, and what docs/telemetry.md says.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class MetricTests(TasksApiHost api) : IAsyncLifetime
{
    private readonly AuthServerHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_page_has_every_instrument_and_every_value_that_is_measured_and_no_others()
    {
        using var all = new RecordedMeasurements();
        RuntimeHelpers.RunClassConstructor(typeof(RedisCommands).TypeHandle);
        foreach (var (services, type) in ((IServiceProvider, Type)[])
            [(_host.Services, typeof(AuthServerMetrics)),
                (_host.Services, typeof(TokenRequests)), (_host.Services, typeof(TokenStoreMetrics)),
             (_host.Services, typeof(RateLimitMetrics)), (api.Services, typeof(CallerRequests))])
        {
            _ = services.GetRequiredService(type);
        }

        await UseAsync(await _host.NewClientAsync(), _host.NewUserAgent());
        await UseApiAsync();

        Assert.Equal(
            TelemetryPage.Instruments.Select(row => $"{row.Meter} {row.Name} {row.Type} {row.Unit}").Order(),
            all.Instruments.Select(Described).Distinct().Order());
        Assert.Equal(
            TelemetryPage.Instruments.SelectMany(row => row.Attributes).Distinct().Order(),
            TelemetryPage.Attributes.Keys.Order());
        Assert.True(all.Values.Select(measured => measured.Instrument).Distinct().Count() > 10, "Hardly anything was measured.");
        Assert.All(all.Values, measured =>
        {
            Assert.Contains(measured.Attribute, TelemetryPage.Instruments.Single(
                row => (row.Meter, row.Name) == (measured.Meter, measured.Instrument)).Attributes);
            Assert.True(TelemetryPage.Attributes[measured.Attribute] is var values
                && (values.Length == 0 || values.Contains(measured.Value)), $"{measured}");
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conversation_is_counted_the_same_whichever_path_answers(bool shortPath)
    {
        var replica = _host.NewReplica(("Fast:ShortPath", shortPath.ToString()));
        using var counted = new RecordedMeasurements(replica.Services.GetRequiredService<IMeterFactory>());
        var client = await _host.NewClientAsync();
        var alice = _host.NewUserAgent(replica);

        await UseAsync(client, alice, replica);

        Assert.Equal(1, counted.Count("token_store.tokens.issued authorization_code"));
        // For itself, by the code and by the refresh token.
        Assert.Equal(4, counted.Count("token_store.tokens.issued access_token"));
        Assert.Equal(2, counted.Count("token_store.tokens.issued refresh_token"));
        Assert.Equal(1, counted.Count("token_store.tokens.redeemed authorization_code"));
        Assert.Equal(1, counted.Count("token_store.tokens.redeemed refresh_token"));
        Assert.Equal(1, counted.Count("token_store.revocations token"));
        Assert.Equal(1, counted.Count("token_store.revocations grant"));
        Assert.Equal(1, counted.Count("auth_server.replays authorization_code"));
        Assert.Equal(1, counted.Count("auth_server.requests /oauth2/token False invalid_client"));
        Assert.Equal(1, counted.Count("auth_server.requests /oauth2/token False invalid_grant"));
        Assert.Equal(
            4, counted.Count("auth_server.requests /oauth2/token False") + counted.Count("auth_server.requests /oauth2/token True"));
        Assert.Equal(shortPath ? 3 : 0, counted.Count("auth_server.requests /oauth2/token True"));
        Assert.Equal(1, counted.Count("auth_server.requests /oauth2/revoke False"));
        Assert.Equal(1, counted.Count("auth_server.sign_ins succeeded"));
        Assert.Equal(SignInService.FailuresBeforeLockout, counted.Count("auth_server.sign_ins refused"));
        Assert.Equal(1, counted.Count("auth_server.lockouts"));
        Assert.True(counted.Count("auth_server.client_cache.lookups hit") > counted.Count("auth_server.client_cache.lookups miss"));
    }

    [Fact]
    public async Task Whoever_read_a_code_before_it_was_redeemed_and_came_second_has_lost_a_race()
    {
        using var counted = new RecordedMeasurements(_host.Services.GetRequiredService<IMeterFactory>());
        var client = await _host.NewClientAsync();
        var code = await client.CodeAsync(await _host.NewUserAgent().SignInAsync(await _host.NewUserAsync()));
        await using var first = _host.Services.CreateAsyncScope();
        await using var second = _host.Services.CreateAsyncScope();
        var (tokens, others) =
            (first.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>(),
                second.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>());
        var (read, readAsWell) = (await tokens.FindByReferenceIdAsync(code), await others.FindByReferenceIdAsync(code));

        Assert.True(await tokens.TryRedeemAsync(read!));
        Assert.False(await others.TryRedeemAsync(readAsWell!));

        Assert.Equal(1, counted.Count("token_store.tokens.redeemed authorization_code"));
        Assert.Equal(1, counted.Count("token_store.lost_races redeem redeemed"));
    }

    [Fact]
    public async Task A_request_that_is_one_too_many_is_counted_by_its_policy()
    {
        var replica = _host.NewReplica(("RateLimits:authorize:Limit", "1"));
        using var counted = new RecordedMeasurements(replica.Services.GetRequiredService<IMeterFactory>());
        var alice = _host.NewUserAgent(replica);

        await alice.GetAsync("/oauth2/authorize", accept: "*/*");
        (await alice.GetAsync("/oauth2/authorize", accept: "*/*")).Is(HttpStatusCode.TooManyRequests);

        Assert.Equal(1, counted.Count("rate_limit.refusals authorize"));
    }

    [Fact]
    public async Task Without_Redis_a_request_is_counted_as_refused_and_as_an_outage()
    {
        using var counted = new RecordedMeasurements(_host.Services.GetRequiredService<IMeterFactory>());
        var client = await _host.NewClientAsync();
        await _host.Redis.KillAsync();

        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.ServiceUnavailable);

        Assert.Equal(1, counted.Count("auth_server.requests /oauth2/token False temporarily_unavailable"));
        Assert.Equal(1, counted.Count("token_store.outages issue"));
        Assert.Equal(0, counted.Count("token_store.tokens.issued access_token"));
    }

    [Fact]
    public void Clients_beyond_the_first_are_one_however_many_there_are()
    {
        var names = new BoundedNames(CallerRequests.NamedClients);

        Parallel.For(0, 10_000, number => names.Of($"client-{number}"));

        var shown = Enumerable.Range(0, 10_000).Select(number => names.Of($"client-{number}")).ToList();
        Assert.Equal(CallerRequests.NamedClients, shown.Where(name => name != BoundedNames.Other).Distinct().Count());
        Assert.Equal(10_000 - CallerRequests.NamedClients, shown.Count(name => name == BoundedNames.Other));
    }

    [Fact]
    public async Task Requests_to_the_API_are_counted_by_who_made_them()
    {
        using var counted = new RecordedMeasurements(api.Services.GetRequiredService<IMeterFactory>());

        var client = await UseApiAsync();

        Assert.Equal(1, counted.Count($"tasks_api.requests client {client}"));
        Assert.Equal(1, counted.Count($"tasks_api.requests user {client}"));
        Assert.Equal(1, counted.Count("tasks_api.requests api_key"));
        Assert.Equal(1, counted.Count("tasks_api.requests anonymous"));
    }

    /// <summary>
    /// Everything once, unless said: for itself, signed in, a code with all it buys, its replay, a refusal, ten wrong passwords.
    /// </summary>
    private async Task UseAsync(TestClient registered, UserAgent alice, AuthServerHost.Replica? replica = null)
    {
        TestClient With(string secret) =>
            new(_host, registered.ClientId, secret, registered.RedirectUri, registered.Owner, _host.NewUserAgent(replica));
        var client = With(registered.Secret);
        var own = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];
        var user = await _host.NewUserAsync();
        await alice.SignInAsync(user);
        var code = await client.CodeAsync(alice, ("scope", "openid offline_access"));
        var bought = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
        (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        (await client.RedeemAsync(code)).Is(HttpStatusCode.BadRequest);
        (await client.RevokeAsync(own)).Is(HttpStatusCode.OK);
        (await With("not the secret").ClientCredentialsAsync()).Is(HttpStatusCode.Unauthorized);
        for (var tried = 0; tried < SignInService.FailuresBeforeLockout; tried++)
        {
            (await alice.SubmitAsync("/sign-in", ("Email", user.Email), ("Password", "wrong"))).Is(HttpStatusCode.OK);
        }
    }

    /// <returns>The client that asked.</returns>
    private async Task<string> UseApiAsync()
    {
        var client = Guid.CreateVersion7().ToString("N");
        var user = Guid.CreateVersion7();
        var tasks = new Uri("/api/tasks", UriKind.Relative);
        (await api.AsBearer(await api.Issuer.AccessTokenAsync(user, TasksApiHost.DocumentedScopes, token => token.SetClaim(
            "sub", client).SetPresenters(client))).GetAsync(tasks)).EnsureSuccessStatusCode();
        (await api.AsBearer(await api.Issuer.AccessTokenAsync(user, TasksApiHost.DocumentedScopes, token => token.SetPresenters(client)))
            .GetAsync(tasks)).EnsureSuccessStatusCode();
        (await api.WithKey(await api.NewApiKeyAsync(user, [TaskmasterScopes.TasksRead])).GetAsync(tasks)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Anonymous.GetAsync(tasks)).StatusCode);
        return client;
    }

    private static string Described(Instrument instrument) =>
        $"{instrument.Meter.Name} {instrument.Name} "
        + $"{(instrument is Counter<long> ? "counter" : instrument is Histogram<double> ? "histogram" : instrument.GetType().Name)} "
            + $"{instrument.Unit}";
}
