using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Taskmaster.Trial;

/// <summary>What a user and their application do first, through the public origin: each step, and what must come of it.</summary>
internal sealed class Flows(HttpClient http, Uri origin, Host? from = null)
{
    private const int MostUsers = 5;
    private const string Password = "a quiet lamp on Tuesday";

    /// <summary>
    /// Signs a new user up, and registers an application of theirs on the Developer page. Where a form was answered 503, another user
    /// does it: whether the first was signed up, nobody can know. So it is where the page was that shows the secret, once.
    /// </summary>
    public Task<(Visitor Browser, OAuthClient Client)> RegisterAsync() => UnlessUnavailableAsync(RegisterUserAsync);

    /// <summary>What another user does from the beginning, where anything of it was answered 503.</summary>
    public static async Task<T> UnlessUnavailableAsync<T>(Func<Task<T>> actionOfNewUser)
    {
        for (var attempt = 1; attempt < MostUsers; attempt++)
        {
            try
            {
                return await actionOfNewUser();
            }
            catch (TrialException exception) when (exception.Message.Contains("answered 503", StringComparison.Ordinal)
                || exception.Message.Contains("shows no value 'ClientSecret'", StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }

        return await actionOfNewUser();
    }

    private async Task<(Visitor Browser, OAuthClient Client)> RegisterUserAsync()
    {
        var browser = new Visitor(origin, from ?? Host.This);
        await browser.OpenAsync("/sign-up");
        await browser.SubmitAsync(("Name", "Alice"), ("Email", browser.Email), ("Password", Password));
        await browser.OpenAsync("/developer/new");
        await browser.SubmitAsync(("Name", "Trial"), ("RedirectUris", OAuthClient.RedirectUri), ("PostLogoutRedirectUris", ""));
        return (browser, new OAuthClient(http, origin, browser.ValueOf("ClientId"), browser.ValueOf("ClientSecret")));
    }

    /// <summary>An application that registered itself (RFC 7591), and gets its id_tokens by ES256.</summary>
    public async Task<OAuthClient> RegisterForEs256Async()
    {
        var metadata = new JsonObject
        {
            ["client_name"] = "Trial by ES256",
            ["redirect_uris"] = new JsonArray(OAuthClient.RedirectUri),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["id_token_signed_response_alg"] = "ES256",
        };
        using var content = new StringContent(metadata.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        using var response = await http.PostAsync(new Uri(origin, "/oauth2/register"), content);
        var answer = new Answer("POST /oauth2/register", (int)response.StatusCode, await response.Content.ReadAsStringAsync()).Is(201);
        return new(http, origin, answer["client_id"], answer["client_secret"]);
    }

    /// <summary>A browser that knows nothing yet, in which a user who has signed up before signs in.</summary>
    public async Task<Visitor> SignInAsync(string email)
    {
        var browser = new Visitor(origin, from ?? Host.This) { Email = email };
        await browser.OpenAsync("/developer");
        await browser.SubmitAsync(("Email", email), ("Password", Password));
        return browser;
    }

    /// <summary>After it, a page for users leads to signing in.</summary>
    public static async Task SignOutAsync(Visitor browser)
    {
        await browser.OpenAsync("/developer");
        await browser.PressAsync("Sign out");
        await browser.OpenAsync("/developer");
        if (browser.Location.AbsolutePath != "/sign-in")
        {
            throw new TrialException($"Whoever signed out is led to {browser.Location}, and not to sign in.");
        }
    }

    /// <summary>A code for the browser's user, who allows what is asked.</summary>
    public static async Task<(string Code, string Verifier)> AuthorizeAsync(Visitor browser, OAuthClient client)
    {
        var verifier = await OpenAsync(browser, client);
        return (await AllowAsync(browser), verifier);
    }

    /// <summary>A code without a question, since the browser's user has allowed the same before.</summary>
    public static async Task<(string Code, string Verifier)> AuthorizeUnaskedAsync(Visitor browser, OAuthClient client)
    {
        var verifier = await OpenAsync(browser, client);
        return browser.Location.AbsoluteUri.StartsWith(OAuthClient.RedirectUri, StringComparison.Ordinal)
            ? (await AllowAsync(browser), verifier)
            : throw new TrialException($"A user who has allowed {client.Id} is asked again: {browser.Location}");
    }

    /// <summary>
    /// Presses Allow as long as a page asks, and gives back the code that the client gets. Where that is answered 503 it is pressed
    /// again, as a user would: to allow twice is to allow.
    /// </summary>
    public static async Task<string> AllowAsync(Visitor browser)
    {
        while (!browser.Location.AbsoluteUri.StartsWith(OAuthClient.RedirectUri, StringComparison.Ordinal))
        {
            await browser.SubmitAgainAsync(("choice", "allow"));
        }

        return HttpUtility.ParseQueryString(browser.Location.Query)["code"]
            ?? throw new TrialException($"The client got no code: {browser.Location}");
    }

    /// <returns>The code verifier.</returns>
    private static async Task<string> OpenAsync(Visitor browser, OAuthClient client)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await browser.OpenAsync(client.AuthorizePath(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))));
        return verifier;
    }
}
