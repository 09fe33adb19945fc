using System.Net;
using System.Text.RegularExpressions;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>A user's browser: follows redirects, keeps cookies, fills in forms. It stops where the client would take over.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _origin;

    public Browser(int port)
    {
        _origin = new Uri($"http://127.0.0.1:{port}");
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = _origin };
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    /// <summary>What a request for an authorization code sends.</summary>
    public string Cookie => _cookies.GetCookieHeader(new Uri(_origin, "/oauth2/authorize"));

    /// <summary>Where the sign-in needs no password: signs in, consents to all that is measured, gives back the session.</summary>
    public static Task<string> SignInAsync(Side side) => SignInAsync(side, [side.Client]);

    /// <summary>The same for several clients of one user.</summary>
    public static async Task<string> SignInAsync(Side side, IReadOnlyList<ClientAccount> clients)
    {
        using var browser = new Browser(side.Port);
        foreach (var client in clients)
        {
            _ = await browser.AuthorizeAsync(client.AuthorizePath(ClientAccount.AllScopes));
        }

        return browser.Cookie;
    }

    /// <summary>Goes to the authorize endpoint and gives back the code, allowing what it is asked to on the way.</summary>
    public async Task<string> AuthorizeAsync(string path)
    {
        var page = await GoAsync(HttpMethod.Get, path, null);
        while (page.Code is null)
        {
            page = await SubmitAsync(page, new Dictionary<string, string> { ["choice"] = "allow" });
        }

        return page.Code;
    }

    /// <summary>Fills in the form on a page, sends it, and gives back the code that the way from there ends with.</summary>
    public async Task<string> FillInAsync(string path, IReadOnlyDictionary<string, string> fields) =>
        (await SubmitAsync(await GoAsync(HttpMethod.Get, path, null), fields)).Code
        ?? throw new InvalidOperationException($"The form on {path} did not lead to a code.");

    public void Dispose() => _http.Dispose();

    private Task<Page> SubmitAsync(Page page, IReadOnlyDictionary<string, string> fields)
    {
        var form = FormPattern().Match(page.Html);
        if (!form.Success)
        {
            throw new InvalidOperationException($"{page.Path} shows no form:\n{page.Html}");
        }

        var hidden = HiddenPattern().Matches(form.Value)
            .Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
        return GoAsync(HttpMethod.Post, page.Path, new FormUrlEncodedContent(hidden.Concat(fields)));
    }

    private async Task<Page> GoAsync(HttpMethod method, string path, HttpContent? content)
    {
        for (var redirects = 0; redirects < 10; redirects++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await _http.SendAsync(request);
            if (response.Headers.Location is not { } location)
            {
                var html = await response.Content.ReadAsStringAsync();
                return response.IsSuccessStatusCode
                    ? new Page(path, html, null)
                    : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}:\n{html}");
            }

            var target = new Uri(new Uri(_origin, path), location);
            if (CodePattern().Match(target.Query) is { Success: true } code)
            {
                return new Page(path, string.Empty, code.Groups[1].Value);
            }

            if (target.Authority != _origin.Authority)
            {
                throw new InvalidOperationException($"{path} led away to {target}");
            }

            (method, content, path) = (HttpMethod.Get, null, target.PathAndQuery);
        }

        throw new InvalidOperationException($"{path} redirects without end.");
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex FormPattern();

    [GeneratedRegex("""<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenPattern();

    [GeneratedRegex("[?&]code=([^&]+)")]
    private static partial Regex CodePattern();

    /// <summary>Where a browser ended: a page of the server, or the client's redirect URI with a code.</summary>
    private sealed record Page(string Path, string Html, string? Code);
}
