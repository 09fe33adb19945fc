using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A browser without a screen: keeps cookies, follows nothing by itself, fills in forms.</summary>
internal sealed class UserAgent(HttpMessageInvoker http, Uri origin)
{
    private static readonly HtmlParser Parser = new();

    private CookieContainer _cookies = new();

    /// <summary>As they are sent.</summary>
    public string Cookies => _cookies.GetCookieHeader(origin);

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        request.RequestUri = new Uri(origin, request.RequestUri!);
        if (Cookies is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        var response = await http.SendAsync(request, CancellationToken.None);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            set.ToList().ForEach(cookie => _cookies.SetCookies(origin, cookie));
        }

        return await Answer.ReadAsync(response);
    }

    /// <summary>The same browser, talking to the server as it is now.</summary>
    public UserAgent WithCookiesOf(UserAgent other)
    {
        _cookies = other._cookies;
        return this;
    }

    public async Task<Answer> GetAsync(string url, string accept = "text/html")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd(accept);
        return await SendAsync(request);
    }

    /// <summary>Submits the page's form with what the user typed, and the button's name and value.</summary>
    public async Task<Answer> SubmitAsync(string pageUrl, params (string Name, string Value)[] typed)
    {
        var page = (await GetAsync(pageUrl)).Is(HttpStatusCode.OK);
        return await SubmitAsync(page, pageUrl, typed);
    }

    public async Task<Answer> SubmitAsync(Answer page, string pageUrl, params (string Name, string Value)[] typed)
    {
        var form = Html(page).QuerySelector<IHtmlFormElement>("form")
            ?? throw new InvalidOperationException($"No form on {pageUrl}: {page.Body}");
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .Concat(typed.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var action = form.GetAttribute("action") is { Length: > 0 } given ? given : pageUrl;
        var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Accept.ParseAdd("text/html");
        return await SendAsync(request);
    }

    public static IHtmlDocument Html(Answer page) => Parser.ParseDocument(page.Body);

    public async Task<UserAgent> SignInAsync(TestUser user)
    {
        (await SubmitAsync("/sign-in", ("Email", user.Email), ("Password", user.Password))).Is(HttpStatusCode.Redirect);
        return this;
    }

    /// <summary>Opens the authorization URL and, when asked, answers the consent page; ends at the redirect to the client.</summary>
    public Task<Answer> AllowAsync(string authorizeUrl) => DecideAsync(authorizeUrl, "allow");

    public Task<Answer> DenyAsync(string authorizeUrl) => DecideAsync(authorizeUrl, "deny");

    private async Task<Answer> DecideAsync(string authorizeUrl, string choice)
    {
        var answer = (await GetAsync(authorizeUrl)).Is(HttpStatusCode.Redirect);
        if (!answer.Location!.OriginalString.StartsWith("/consent", StringComparison.Ordinal))
        {
            return answer;
        }

        var decided = (await SubmitAsync(answer.Location.OriginalString, ("choice", choice))).Is(HttpStatusCode.Redirect);
        return (await GetAsync(decided.Location!.OriginalString)).Is(HttpStatusCode.Redirect);
    }
}
