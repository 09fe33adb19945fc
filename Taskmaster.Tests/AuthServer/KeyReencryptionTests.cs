using System.Net;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.Tests.AuthServer;

/// <summary>The host's key, which encrypts all others, is changed without anybody signing in again.</summary>
public sealed class KeyReencryptionTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    private const string Setting = "KeyRing:EncryptionKey";
    private const string NewKey = "another secret that the host would generate";

    [Fact]
    public async Task After_the_keys_were_encrypted_again_a_replica_that_has_only_the_new_key_reads_the_tokens_of_the_old()
    {
        var client = await host.NewClientAsync(idTokens: "ES256");
        var browser = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var tokens = (await client.RedeemAsync(await client.CodeAsync(browser, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);
        _ = Assert.ThrowsAny<Exception>(() => host.NewReplica((Setting, NewKey)));

        var settings = new Dictionary<string, string?>(host.Settings)
        {
            ["KeyRing:PreviousEncryptionKey"] = host.Settings[Setting],
            [Setting] = NewKey,
        };
        var (exitCode, output, errors) = await AuthServerProcess.CommandAsync(typeof(AuthDbContext).Assembly, settings, "reencrypt-keys");

        Assert.Equal((0, "3 keys are encrypted with KeyRing:EncryptionKey now.", ""), (exitCode, output, errors));
        var replica = host.NewUserAgent(host.NewReplica((Setting, NewKey)));
        var elsewhere = new TestClient(host, client.ClientId, client.ClientSecret, client.RedirectUri, client.Owner, replica);
        Assert.True(await elsewhere.IsActiveAsync(tokens["access_token"]));
        var refreshed = (await elsewhere.RefreshAsync(tokens["refresh_token"])).Is(HttpStatusCode.OK);
        Assert.Equal("ES256", (string?)IdToken.Read(refreshed["id_token"]).Header["alg"]);
        Assert.True(await client.IsActiveAsync(tokens["access_token"]));
    }
}
