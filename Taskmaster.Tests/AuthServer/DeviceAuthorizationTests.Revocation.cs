using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.Tests.Fixtures;
using Taskmaster.TokenStore.Format;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.AuthServer;

/// <summary>What ends a device's code or its tokens, before and after the user has allowed it.</summary>
public sealed partial class DeviceAuthorizationTests
{
    [Fact]
    [Trait("Behaviour", "47")]
    public async Task An_expired_code_is_told_from_a_pending_one()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);

        host.Clock.Advance(TimeSpan.FromMinutes(10));

        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "expired_token", "Device code expired");
        var page = UserAgent.Html((await alice.SubmitAsync("/oauth2/verify", ("user_code", started["user_code"]))).Is(HttpStatusCode.OK));
        Assert.Contains("This code is not known", page.QuerySelector("#user_code-error")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>What the user allows begins when they allow it (RFC 8628 §3.3).</summary>
    [Theory]
    [InlineData("disconnect")]
    [InlineData("password")]
    [InlineData("revoke")]
    [Trait("Behaviour", "33")]
    public async Task What_was_revoked_before_the_user_allowed_a_device_ends_other_tokens_and_not_those_it_gets(string how)
    {
        var device = await NewDeviceAsync();
        var alice = await ManagingUser.SignInAsync(host);
        var (user, browser) = (alice.User, alice.Browser);
        var before = await ConnectAsync(await StartAsync(device, ("scope", OfflineScopes)));
        var started = await StartAsync(device, ("scope", OfflineScopes));

        switch (how)
        {
            case "disconnect":
                (await alice.SendAsync(HttpMethod.Delete, $"/consents/{device.ClientId}")).Is(HttpStatusCode.NoContent);
                break;
            case "password":
                const string password = "another long password";
                (await browser.SubmitAsync("/password", ("Current", user.Password), ("Password", password))).Is(HttpStatusCode.Redirect);
                browser = await host.NewUserAgent().SignInAsync(user with { Password = password });
                break;
            default:
                await using (var scope = host.Services.CreateAsyncScope())
                {
                    Assert.True(await scope.ServiceProvider.GetRequiredService<UserAccess>().RevokeTokensAsync(user.Id, default));
                }

                break;
        }

        (await UserInfoAsync(before.AccessToken)).Is(HttpStatusCode.Unauthorized);
        var tokens = await ConnectAsync(started);
        (await UserInfoAsync(tokens.AccessToken)).Is(HttpStatusCode.OK);
        var refreshed = (await device.RefreshAsync(tokens["refresh_token"])).Is(HttpStatusCode.OK);
        (await UserInfoAsync(refreshed.AccessToken)).Is(HttpStatusCode.OK);

        async Task<Answer> ConnectAsync(Answer code)
        {
            await DecideAsync(browser, code["user_code"], "allow");
            return (await PollAsync(device, code)).Is(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "28")]
    public async Task A_device_whose_client_was_ended_before_is_not_there_to_be_allowed(bool isDeleted)
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);

        if (isDeleted)
        {
            var owner = await ManagingUser.SignInAsync(host, device.Owner);
            (await owner.SendAsync(HttpMethod.Delete, $"/clients/{device.ClientId}")).Is(HttpStatusCode.NoContent);
        }
        else
        {
            await using var scope = host.Services.CreateAsyncScope();
            Assert.True(await scope.ServiceProvider.GetRequiredService<ClientRegistrations>().RevokeTokensAsync(device.ClientId, default));
        }

        var page = UserAgent.Html((await alice.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.OK));
        Assert.Contains("This code is not known", page.QuerySelector("#user_code-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(isDeleted ? "invalid_client" : "invalid_grant", (await PollAsync(device, started))["error"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "28")]
    public async Task A_device_that_is_allowed_while_its_client_or_the_consent_goes_is_answered_and_a_deleted_client_gets_nothing(
        bool isDeleted)
    {
        var alice = await ManagingUser.SignInAsync(host);
        for (var round = 0; round < 8; round++)
        {
            var device = await NewDeviceAsync();
            var owner = await ManagingUser.SignInAsync(host, device.Owner);
            await DecideAsync(alice.Browser, (await StartAsync(device, ("scope", "openid")))["user_code"], "allow");
            var started = await StartAsync(device, ("scope", OfflineScopes));
            var page = (await alice.Browser.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.OK);

            var answers = await Task.WhenAll(
                alice.Browser.SubmitAsync(page, "/oauth2/verify", ("choice", "allow")),
                isDeleted
                    ? owner.SendAsync(HttpMethod.Delete, $"/clients/{device.ClientId}")
                    : alice.SendAsync(HttpMethod.Delete, $"/consents/{device.ClientId}"));

            Assert.Contains(answers[0].Status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Redirect });
            answers[1].Is(HttpStatusCode.NoContent);
            if (isDeleted)
            {
                (await PollAsync(device, started)).Is(HttpStatusCode.Unauthorized);
            }
        }
    }

    /// <summary>The code was read before the revocation, and the decision is written after it: no session is asked for again.</summary>
    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_revocation_while_the_user_allows_a_device_is_later_than_that()
    {
        var device = await NewDeviceAsync();
        var user = await host.NewUserAsync();
        var started = await StartAsync(device);
        await using var scope = host.Services.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
        async Task<RedisToken> FindAsync(string code) => (RedisToken)(await tokens.FindByReferenceIdAsync(code))!;
        _ = await FindAsync(started["user_code"].Replace("-", string.Empty, StringComparison.Ordinal));

        await using (var elsewhere = host.Services.CreateAsyncScope())
        {
            await elsewhere.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().RevokeBySubjectAsync($"{user.Id:D}");
        }

        var entry = await FindAsync(started["device_code"]);
        (entry.Status, entry.Subject) = (Statuses.Valid, $"{user.Id:D}");
        await tokens.UpdateAsync(entry);

        Assert.Equal(Statuses.Revoked, (await FindAsync(started["device_code"])).Status);
    }

    [Fact]
    public async Task A_denied_device_is_told_so()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);

        await DecideAsync(alice, started["user_code"], "deny");

        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "access_denied", "The user denied the request");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Behaviour", "47")]
    public async Task A_device_code_is_good_for_one_set_of_tokens_and_its_replay_ends_them(bool afterItsLifetime)
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device, ("scope", "openid profile"));
        await DecideAsync(alice, started["user_code"], "allow");
        var token = (await PollAsync(device, started)).Is(HttpStatusCode.OK)["access_token"];
        (await UserInfoAsync(token)).Is(HttpStatusCode.OK);

        // At once, and though its lifetime is over: it is the replay that matters.
        host.Clock.Advance(afterItsLifetime ? TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1) : TimeSpan.Zero);
        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid device code");

        (await UserInfoAsync(token)).Is(HttpStatusCode.Unauthorized);
    }
}
