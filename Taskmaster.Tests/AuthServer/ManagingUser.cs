using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A user who is signed in to Taskmaster's own client, which calls the management API for them.</summary>
internal sealed record ManagingUser(AuthServerHost Host, TestUser User, UserAgent Browser, string Token)
{
    public static async Task<ManagingUser> SignInAsync(AuthServerHost host, TestUser? user = null)
    {
        user ??= await host.NewUserAsync();
        var browser = await host.NewUserAgent().SignInAsync(user);
        var web = new TestClient(host, "taskmaster-web", AuthServerHost.WebSecret, AuthServerHost.Origin + "/signin-oidc", user);
        var code = await web.CodeAsync(
            browser, ("scope", "openid clients:manage"), ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            ("code_challenge_method", "S256"));
        var bought = (await web.RedeemAsync(code, ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))).Is(HttpStatusCode.OK);
        return new ManagingUser(host, user, browser, bought["access_token"]);
    }

    public Task<Answer> SendAsync(HttpMethod method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", Token);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return Host.NewUserAgent().SendAsync(request);
    }

    /// <summary>The types of the caller's events, newest first.</summary>
    public async Task<IReadOnlyList<string>> AuditAsync() =>
        [.. (await SendAsync(HttpMethod.Get, "/audit?limit=200")).Is(HttpStatusCode.OK).Json["events"]!.AsArray().Select(
            entry => (string)entry!["type"]!)];
}
