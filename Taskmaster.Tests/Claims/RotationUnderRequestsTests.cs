using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.AuthServer.Keys;
using Taskmaster.Tests.AuthServer;
using Taskmaster.Tests.Fixtures;

// Claimed, because a namespace Taskmaster.Tests.Claims would hide OpenIddict's Claims from every other test.
namespace Taskmaster.Tests.Claimed;

/// <summary>
/// What docs/security-events.md says of signing keys that rotate by themselves. The keys have the order of the default
/// settings, with minutes for days. The replicas have no timer that maintains the keys: the test says when each does.
/// </summary>
[Collection(Alone.Name)]
public sealed class RotationUnderRequestsTests(RotationUnderRequestsTests.RotatingHost host)
    : IClassFixture<RotationUnderRequestsTests.RotatingHost>
{
    private const int Sessions = 4;
    private const int Rotations = 2;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Announced = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Active = TimeSpan.FromMinutes(10);

    // A client must keep the JWKS for less time than keys are announced.
    private static readonly TimeSpan JwksLifetime = Announced / 2;

    [Fact]
    [Trait("Behaviour", "42")]
    public async Task Two_rotations_under_requests_to_two_replicas_fail_no_validation_of_a_client_that_keeps_the_JWKS()
    {
        var (first, second) = (host.NewReplica(), host.NewReplica());
        var relyingParty = new RelyingParty(host, second);
        var client = await host.NewClientAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => BeginAsync(client, first, second)));
        var steps = (int)((Rotations + 0.5) * Active / Step);

        await relyingParty.RenewJwksAsync();
        for (var step = 0; step < steps; step++)
        {
            // One replica a step: a key that the first makes is in the JWKS of the second a step later, and the other way round.
            var requests = sessions.Select(session => session.RefreshOnEachAsync(relyingParty));
            await Task.WhenAll([MaintainAsync(step % 2 == 0 ? first : second), .. requests]);
            host.Clock.Advance(Step);
            await relyingParty.RenewJwksAsync();
        }

        Assert.Empty(relyingParty.Failures);
        Assert.Equal(Sessions * 2 * steps, relyingParty.Validated.Count);
        Assert.Equal(Rotations + 1, relyingParty.Validated.DistinctBy(KeyOf).Count());

        // The keys that are retired by now still verify what they signed.
        foreach (var token in relyingParty.Validated.DistinctBy(KeyOf).ToList())
        {
            await relyingParty.ValidateAsync(token);
        }

        Assert.Empty(relyingParty.Failures);
    }

    private static string KeyOf(string token) => new JsonWebToken(token).Kid;

    private static async Task MaintainAsync(AuthServerHost.Replica replica)
    {
        await using var scope = replica.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<KeyRotation>().MaintainAsync(CancellationToken.None);
    }

    private async Task<Session> BeginAsync(TestClient client, params IEnumerable<AuthServerHost.Replica> replicas)
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var code = await client.CodeAsync(alice, ("scope", "openid offline_access"));
        var tokens = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
        return new Session(
            [.. replicas.Select(replica =>
                new TestClient(host, client.ClientId, client.Secret, client.RedirectUri, client.Owner, host.NewUserAgent(replica)))],
            tokens["refresh_token"]);
    }

    /// <summary>A user's refresh token and the client that uses it, at each replica.</summary>
    private sealed class Session(IReadOnlyList<TestClient> atReplicas, string refreshToken)
    {
        private string _refreshToken = refreshToken;

        public async Task RefreshOnEachAsync(RelyingParty relyingParty)
        {
            foreach (var client in atReplicas)
            {
                var tokens = (await client.RefreshAsync(_refreshToken)).Is(HttpStatusCode.OK);
                _refreshToken = tokens["refresh_token"];
                await relyingParty.ValidateAsync(tokens["id_token"]);
            }
        }
    }

    /// <summary>
    /// It knows the JWKS of one replica, keeps it for <see cref="JwksLifetime"/> and never asks in between: a key it does
    /// not have is a failed validation, where most libraries would ask again.
    /// </summary>
    private sealed class RelyingParty(RotatingHost host, AuthServerHost.Replica replica)
    {
        private IList<SecurityKey> _keys = [];
        private DateTimeOffset _renewed = DateTimeOffset.MinValue;

        public ConcurrentBag<string> Validated { get; } = [];

        public ConcurrentQueue<string> Failures { get; } = [];

        public async Task RenewJwksAsync()
        {
            if (host.Clock.GetUtcNow() - _renewed >= JwksLifetime)
            {
                var answer = (await host.NewUserAgent(replica).GetAsync("/oauth2/jwks")).Is(HttpStatusCode.OK);
                (_keys, _renewed) = (new JsonWebKeySet(answer.Body).GetSigningKeys(), host.Clock.GetUtcNow());
            }
        }

        public async Task ValidateAsync(string idToken)
        {
            var result = await new JsonWebTokenHandler().ValidateTokenAsync(idToken, new TokenValidationParameters
            {
                IssuerSigningKeys = _keys,
                ValidIssuer = AuthServerHost.Origin,
                ValidateAudience = false,
                ValidateLifetime = false,
            });
            if (result.IsValid)
            {
                Validated.Add(idToken);
            }
            else
            {
                Failures.Enqueue(result.Exception.Message);
            }
        }
    }

    public sealed class RotatingHost : AuthServerHost
    {
        public RotatingHost()
        {
            Set("SigningKeys:Announced", $"{Announced}");
            Set("SigningKeys:Active", $"{Active}");
            Set("SigningKeys:Retired", "01:00:00");

            Set("SigningKeys:CheckEvery", $"{Step}");
        }

        internal override void Observe(IServiceCollection services) =>
            services.Remove(services.Single(service => service.ImplementationType == typeof(KeyMaintenance)));
    }
}
