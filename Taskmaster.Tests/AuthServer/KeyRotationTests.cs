using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Keys;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

public sealed class KeyRotationTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    private static readonly SigningKeyRotation Times = new();

    [Theory]
    [Trait("Behaviour", "42")]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Keys_change_on_two_replicas_while_tokens_are_issued_and_none_fails_its_validation(string algorithm)
    {
        var replicas = new[] { host.NewReplica(), host.NewReplica() };
        var client = await host.NewClientAsync(idTokens: algorithm);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var firstToken = await IdTokenAsync(client, alice);
        var before = (await KeysAsync(host)).Keys.Count;
        using var enough = new CancellationTokenSource();
        var validating = ValidateAsync(replicas, client, alice, enough.Token);

        // On the replica that the tokens come from; the others hear of it at their next look.
        await RotateAsync();
        var after = (await KeysAsync(host)).Keys.Count;
        Assert.Equal(before + 2, after);
        Assert.Equal(new JsonWebToken(firstToken).Kid, new JsonWebToken(await IdTokenAsync(client, alice)).Kid);

        host.Clock.Advance(Times.CheckEvery);
        await TokenRedis.UntilAsync(
            async () => (await KeysAsync(replicas[0])).Keys.Count + (await KeysAsync(replicas[1])).Keys.Count == 2 * after);
        host.Clock.Advance(Times.CheckEvery);
        await TokenRedis.UntilAsync(
            async () => new JsonWebToken(await IdTokenAsync(client, alice)).Kid != new JsonWebToken(firstToken).Kid);

        await enough.CancelAsync();
        Assert.True(await validating > 0);
        Assert.Equal(after, (await KeysAsync(replicas[0])).Keys.Count);

        // The retired key still knows its own: no question, the user is signed out.
        var signedOut = (await alice.GetAsync($"/oauth2/logout?id_token_hint={firstToken}")).Is(HttpStatusCode.Redirect);
        Assert.DoesNotContain("/sign-out", signedOut.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "42")]
    public async Task A_key_is_announced_before_its_time_and_removed_when_nothing_needs_it()
    {
        var own = new AuthServerHost();
        await own.InitializeAsync();
        var first = (await KeysAsync(own)).Keys.ToDictionary(key => key.Alg, key => key.Kid);
        Assert.Equal(["ES256", "RS256"], first.Keys.Order());

        Pass(Times.Active - Times.Announced);
        await TokenRedis.UntilAsync(async () => (await KeysAsync(own)).Keys.Count == 4);
        Assert.Equal(first, await SigningAsync());

        Pass(Times.Announced);
        await TokenRedis.UntilAsync(async () => !(await SigningAsync()).Values.Intersect(first.Values).Any());

        Pass(Times.Retired);
        await TokenRedis.UntilAsync(async () => !(await KeysAsync(own)).Keys.Select(key => key.Kid).Intersect(first.Values).Any());
        await own.DisposeAsync();

        // Up to where the keys are looked after next.
        void Pass(TimeSpan time)
        {
            own.Clock.Jump(time);
            own.Clock.Advance(Times.CheckEvery);
        }

        // Of each algorithm the first of the JWKS signs.
        async Task<Dictionary<string, string>> SigningAsync() =>
            (await KeysAsync(own)).Keys.GroupBy(key => key.Alg).ToDictionary(keys => keys.Key, keys => keys.First().Kid);
    }

    [Fact]
    public async Task A_signing_key_that_an_older_version_made_is_given_its_key_for_ES256()
    {
        var own = new AuthServerHost();
        await own.InitializeAsync();
        var before = (await KeysAsync(own)).Keys;
        await using (var scope = own.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database
                .ExecuteSqlAsync($"UPDATE protocol_keys SET encrypted_elliptic = NULL");
        }

        await own.RestartAsync();

        var after = (await KeysAsync(own)).Keys;
        Assert.Equal(["RS256", "ES256"], after.Select(key => key.Alg));
        Assert.Equal((before[0].Kid, before[0].N), (after[0].Kid, after[0].N));
        Assert.NotEqual(before[1].X, after[1].X);
        await own.DisposeAsync();
    }

    [Fact]
    public async Task Keys_are_encrypted_in_the_database_and_their_making_is_in_the_audit_trail()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();

        var key = await database.ProtocolKeys.FirstAsync(row => row.Use == KeyUse.Signing);

        using var rsa = System.Security.Cryptography.RSA.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => rsa.ImportPkcs8PrivateKey(key.Encrypted, out _));
        Assert.True(await database.AuditEvents.AnyAsync(row => row.Details == $"Signing {key.Id:N}" && row.Actor == "system"));
    }

    private async Task RotateAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<KeyRotation>().RotateNowAsync(CancellationToken.None);
    }

    /// <summary>Checks every new id_token against whatever JWKS a replica shows at that moment.</summary>
    private async Task<int> ValidateAsync(AuthServerHost.Replica[] replicas, TestClient client, UserAgent alice, CancellationToken enough)
    {
        var validated = 0;
        while (!enough.IsCancellationRequested)
        {
            var token = await IdTokenAsync(client, alice);
            var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
            {
                IssuerSigningKeys = (await KeysAsync(replicas[validated % 2])).GetSigningKeys(),
                ValidIssuer = AuthServerHost.Origin,
                ValidAudience = client.ClientId,
                ValidateLifetime = false,
            });
            Assert.True(result.IsValid, result.Exception?.Message);
            validated++;
        }

        return validated;
    }

    private static async Task<string> IdTokenAsync(TestClient client, UserAgent alice) =>
        (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK)["id_token"];

    private async Task<JsonWebKeySet> KeysAsync(AuthServerHost.Replica replica) =>
        new((await host.NewUserAgent(replica).GetAsync("/oauth2/jwks")).Is(HttpStatusCode.OK).Body);

    private static async Task<JsonWebKeySet> KeysAsync(AuthServerHost of) =>
        new((await of.NewUserAgent().GetAsync("/oauth2/jwks")).Is(HttpStatusCode.OK).Body);
}
