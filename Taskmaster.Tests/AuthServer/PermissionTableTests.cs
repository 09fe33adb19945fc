using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;
using Taskmaster.TokenStore.Fast;

namespace Taskmaster.Tests.AuthServer;

/// <summary>
/// Registered × requested × refreshed → what the access token may do with tasks, by every grant. The Tasks API looks at
/// the scopes of the token alone; they are read here as it reads them.
/// </summary>
public abstract class PermissionTableTests(AuthServerHost host)
{
    private const string Callback = "https://yourapp.com/auth/callback";
    private const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>What an owner chose on the Developer page, and what a program sent as its scope.</summary>
    private static readonly string[] OwnedAccess = [TasksAccess.None, TasksAccess.Read, TasksAccess.ReadWrite];
    private static readonly string?[] RegisteredScopes = [null, "openid", "openid tasks:read", "openid tasks:read tasks:write"];

    private static readonly string?[] Requested =
        [null, "openid", "openid profile email", "openid tasks:read", "openid tasks:write", "tasks:read", "openid tasks:read tasks:write"];

    private static readonly string?[] Refreshed =
    [
        null, "openid", "tasks:read", "tasks:write", "openid tasks:read", "openid tasks:read tasks:write", "email", null
    ];

    public static TheoryData<string> Owned => [.. OwnedAccess];

    public static TheoryData<string?> Registered => [.. RegisteredScopes];

    [Theory]
    [MemberData(nameof(Owned))]
    public async Task A_code_gives_no_more_than_the_owner_registered_and_the_request_named(string access)
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var client = await host.NewClientAsync(tasks: access);

        await AssertAllAsync(OwnedBy(access), hasOwner: true, client, scope => CodeAsync(client, alice, scope));
    }

    [Theory]
    [MemberData(nameof(Registered))]
    public async Task A_code_gives_a_client_that_registered_itself_what_it_named(string? scope)
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var client = await RegisterAsync(scope, isPublic: false);

        await AssertAllAsync(RegisteredBy(scope), hasOwner: false, client, requested => CodeAsync(client, alice, requested));
    }

    [Theory]
    [MemberData(nameof(Owned))]
    public async Task A_device_gets_no_more_than_the_owner_registered_and_the_request_named(string access)
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var client = await host.NewClientAsync(isPublic: true, tasks: access);

        await AssertAllAsync(OwnedBy(access), hasOwner: true, client, scope => DeviceAsync(client, alice, scope));
    }

    [Theory]
    [MemberData(nameof(Registered))]
    public async Task A_device_gets_for_a_client_that_registered_itself_what_it_named(string? scope)
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var client = await RegisterAsync(scope, isPublic: true);

        await AssertAllAsync(RegisteredBy(scope), hasOwner: false, client, requested => DeviceAsync(client, alice, requested));
    }

    [Theory]
    [MemberData(nameof(Owned))]
    public async Task Client_credentials_give_no_more_than_the_owner_registered_and_the_request_named(string access)
    {
        var client = await host.NewClientAsync(tasks: access);
        var registered = OwnedBy(access);

        foreach (var requested in new[] { null, "tasks:read", "tasks:write", "tasks:read tasks:write", "tasks:write tasks:read" })
        {
            // Twice: the second time the client is in the cache, where the short path finds it.
            for (var time = 0; time < 2; time++)
            {
                var answer = await client.ClientCredentialsAsync(("scope", requested));

                if (registered.Length == 0)
                {
                    answer.IsError(HttpStatusCode.BadRequest, "unauthorized_client", "The client may not use this grant type");
                }
                else if (Tasks(requested).FirstOrDefault(scope => !registered.Contains(scope)) is { } refused)
                {
                    answer.IsError(HttpStatusCode.BadRequest, "invalid_scope", $"Invalid scope: {refused}");
                }
                else
                {
                    // To the letter as documented: without a scope.
                    Assert.Equal(
                        ["access_token", "token_type", "expires_in"], answer.Is(HttpStatusCode.OK).Json.Select(member => member.Key));
                    Assert.Equal(
                        requested is null ? registered : Tasks(requested).Order(StringComparer.Ordinal), await TasksOfAsync(answer));
                }
            }
        }
    }

    [Fact]
    public async Task An_owner_who_registers_an_application_for_less_lets_its_codes_and_refreshes_give_less()
    {
        var manager = await ManagingUser.SignInAsync(host);
        var client = await host.NewClientAsync(owner: manager.User);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);
        Assert.Equal(TaskmasterScopes.Tasks, await TasksOfAsync(bought));
        var (code, explicitly) =
            (await client.CodeAsync(alice, ("scope", "openid email")), await client.CodeAsync(alice, ("scope", "tasks:write")));

        _ = (await manager.SendAsync(HttpMethod.Put, $"/clients/{client.ClientId}", """{"tasks_access":"read"}""")).Is(HttpStatusCode.OK);

        var redeemed = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
        Assert.Equal("openid email", redeemed["scope"]);
        Assert.Equal([TaskmasterScopes.TasksRead], await TasksOfAsync(redeemed));
        (await client.RedeemAsync(explicitly))
            .IsError(HttpStatusCode.BadRequest, "invalid_scope", "The client is not registered any more for what was granted");
        var refreshed = (await RefreshAsync(client, bought["refresh_token"], null)).Is(HttpStatusCode.OK);
        Assert.Equal([TaskmasterScopes.TasksRead], await TasksOfAsync(refreshed));
        (await RefreshAsync(client, refreshed["refresh_token"], "tasks:write"))
            .IsError(HttpStatusCode.BadRequest, "invalid_scope", "Invalid scope: tasks:write");
    }

    /// <summary>
    /// Every request, with lasting access, and after it every refresh, one after the other: what was narrowed for one token comes back
    /// with the next.
    /// </summary>
    private async Task AssertAllAsync(string[] registered, bool hasOwner, TestClient client, Func<string?, Task<Answer>> grant)
    {
        foreach (var requested in Requested)
        {
            var named = requested is null ? null : requested + " offline_access";
            var answer = await grant(named);
            if (hasOwner && Tasks(requested).Any(scope => !registered.Contains(scope)))
            {
                Assert.Equal("invalid_scope", answer.Status is HttpStatusCode.Redirect ? answer.Query["error"] : answer["error"]);
                continue;
            }

            var implied = requested is null || (hasOwner && Tasks(requested).Length == 0);
            var granted = implied ? registered : Tasks(requested);
            Assert.Equal(
                (requested, string.Join(' ', granted)), (requested, string.Join(' ', await TasksOfAsync(answer.Is(HttpStatusCode.OK)))));
            Assert.NotEmpty(answer["scope"]);
            if (named is not null)
            {
                Assert.Equal(named, answer["scope"]);
                await AssertRefreshesAsync(client, answer["refresh_token"], named.Split(' '), granted, implied);
            }
        }
    }

    private async Task AssertRefreshesAsync(TestClient client, string refreshToken, string[] named, string[] granted, bool implied)
    {
        foreach (var refreshed in Refreshed)
        {
            var answer = await RefreshAsync(client, refreshToken, refreshed);
            string[] refused = [.. (refreshed ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(scope => !named.Contains(scope) && !granted.Contains(scope))];
            if (refused.Length > 0)
            {
                Assert.Equal("invalid_scope", answer.Is(HttpStatusCode.BadRequest)["error"]);
                Assert.Contains(answer["error_description"], refused.Select(scope => $"Invalid scope: {scope}"));
                continue;
            }

            var left = refreshed is null || (implied && Tasks(refreshed).Length == 0) ? granted : Tasks(refreshed);
            Assert.Equal(
                (refreshed, string.Join(' ', left)), (refreshed, string.Join(' ', await TasksOfAsync(answer.Is(HttpStatusCode.OK)))));
            Assert.Equal(refreshed ?? string.Join(' ', named), answer["scope"]);
            refreshToken = answer["refresh_token"];
        }
    }

    private static async Task<Answer> CodeAsync(TestClient client, UserAgent user, string? scope)
    {
        var answer = await user.AllowAsync(client.AuthorizeUrl(("scope", scope)));
        return answer.Query["code"] is { } code ? await client.RedeemAsync(code) : answer;
    }

    private static async Task<Answer> DeviceAsync(TestClient client, UserAgent user, string? scope)
    {
        var started = await client.PostAsync("/oauth2/device", ("scope", scope));
        if (started.Status is not HttpStatusCode.OK)
        {
            return started;
        }

        _ = (await user.SubmitAsync(started["verification_uri_complete"], ("choice", "allow"))).Is(HttpStatusCode.Redirect);
        return await client.TokenAsync(("grant_type", DeviceCode), ("device_code", started["device_code"]));
    }

    private static Task<Answer> RefreshAsync(TestClient client, string refreshToken, string? scope) =>
        client.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("scope", scope));

    private async Task<TestClient> RegisterAsync(string? scope, bool isPublic)
    {
        var metadata = new JsonObject
        {
            ["redirect_uris"] = new JsonArray(Callback),
            ["grant_types"] = isPublic
                ? new JsonArray("authorization_code", "refresh_token", DeviceCode)
                : new JsonArray("authorization_code", "refresh_token"),
            ["token_endpoint_auth_method"] = isPublic ? "none" : "client_secret_basic",
            ["scope"] = scope,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent(
            metadata.ToJsonString(), System.Text.Encoding.UTF8, "application/json")
        };
        var registered = (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.Created);
        return new TestClient(host, registered["client_id"], (string?)registered.Json["client_secret"], Callback, new TestUser(
            Guid.Empty, "Nobody", "", ""));
    }

    private async Task<string[]> TasksOfAsync(Answer answer)
    {
        var found = await host.Services.GetRequiredService<AccessTokens>().FindLiveAsync(answer["access_token"]);
        return [.. found!.Value.Principal.GetScopes().Where(TaskmasterScopes.IsOfTasks).Order(StringComparer.Ordinal)];
    }

    private static string[] OwnedBy(string access) => access switch
    {
        "none" => [],
        "read" => ["tasks:read"],
        _ => ["tasks:read", "tasks:write"],
    };

    private static string[] RegisteredBy(string? scope) => scope is null ? ["tasks:read", "tasks:write"] : Tasks(scope);

    private static string[] Tasks(string? scope) =>
        [.. (scope ?? "").Split(' ').Where(name => name.StartsWith("tasks:", StringComparison.Ordinal))];
}
