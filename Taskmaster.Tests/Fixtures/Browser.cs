using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// A browser without JavaScript: keeps cookies, follows redirects inside Taskmaster's origin, fills in forms by their
/// labels and presses buttons by their text. A redirect that leaves the origin ends at <see cref="Redirect"/>.
/// </summary>
public sealed class Browser : IDisposable
{
    private const int MostRedirects = 20;

    private readonly HttpClient _http;
    private readonly Uri _origin;

    public Browser(Uri origin)
        : this(origin, cookies => new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
    {
    }

    /// <summary>For an origin that is not reached by the network.</summary>
    public Browser(Uri origin, Func<CookieContainer, HttpMessageHandler> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _origin = origin;
        _http = new HttpClient(handler(Cookies));
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Where the last navigation ended.</summary>
    public Uri Location { get; private set; } = new("about:blank");

    /// <summary>Every address it was at, the newest last.</summary>
    public List<Uri> Visited { get; } = [];

    /// <summary>The redirect that left Taskmaster's origin, if the last navigation ended in one: a client's redirect URI.</summary>
    public Uri? Redirect { get; private set; }

    public HttpStatusCode Status { get; private set; }

    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");

    public Task OpenAsync(string pathAndQuery) => GoAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_origin, pathAndQuery)));

    /// <summary>Shows the page of another tab.</summary>
    public void Show(Browser other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (Location, Page) = (other.Location, new HtmlParser().ParseDocument(other.Page.DocumentElement.OuterHtml));
    }

    /// <summary>Goes where the last redirect led, and where that page leads, until one does not.</summary>
    public async Task ReturnToClientAsync()
    {
        while (Redirect is { } redirect)
        {
            await OpenAsync(redirect.AbsoluteUri);
        }
    }

    /// <summary>Fills in the fields by label and presses the button of the form that has them.</summary>
    public async Task SubmitAsync(string button, params (string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields)
        {
            Fill(label, value);
        }

        await GoAsync(Request(Button(button)));
    }

    public async Task SignUpAsync(Person person)
    {
        await OpenAsync("/sign-up");
        await SubmitAsync("Sign up", ("Name", person.Name), ("Email", person.Email), ("Password", person.Password));
        Assert.Equal(HttpStatusCode.OK, Status);
        Assert.NotEqual("/sign-up", Location.AbsolutePath);
    }

    public async Task SignInAsync(Person person)
    {
        await OpenAsync("/sign-in");
        await SubmitAsync("Sign in", ("Email", person.Email), ("Password", person.Password));
    }

    /// <summary>Registers an OAuth application on the Developer page, as the flow documents say.</summary>
    public async Task<RegisteredClient> RegisterClientAsync(string name, params string[] redirectUris)
    {
        await OpenAsync("/developer");
        await FollowAsync("New application");
        await SubmitAsync("Create application", ("Name", name), ("Redirect URIs", string.Join('\n', redirectUris)));
        Assert.Equal(HttpStatusCode.OK, Status);
        return new RegisteredClient(_origin, Value("Client ID"), Value("Client secret"), redirectUris.FirstOrDefault());
    }

    /// <summary>An application that also signs its users out, and where they return to afterwards.</summary>
    public async Task<RegisteredClient> RegisterRelyingPartyAsync(string name, string redirectUri, string postLogoutRedirectUri)
    {
        await OpenAsync("/developer/new");
        await SubmitAsync(
            "Create application", ("Name", name), ("Redirect URIs", redirectUri), ("Post-logout redirect URIs", postLogoutRedirectUri));
        Assert.Equal(HttpStatusCode.OK, Status);
        return new RegisteredClient(_origin, Value("Client ID"), Value("Client secret"), redirectUri);
    }

    public async Task FollowAsync(string link)
    {
        var anchor = Page.QuerySelectorAll<IHtmlAnchorElement>("a").FirstOrDefault(a => a.TextContent.Trim() == link);
        Assert.True(anchor is not null, $"No link '{link}' on {Location}:\n{Page.Body?.TextContent}");
        await GoAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Location, anchor.GetAttribute("href"))));
    }

    public string Value(string label) => Field(label) switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.SelectedOptions.Single().Text,
        var other => other.TextContent,
    };

    /// <summary>Takes a box that is ticked or not.</summary>
    public void Tick(string words, bool ticked) =>
        ((IHtmlInputElement)Page.QuerySelectorAll("label")
            .Single(label => label.TextContent.Contains(words, StringComparison.Ordinal))
            .QuerySelector("input")!).IsChecked = ticked;

    public bool IsTicked(string words) =>
        ((IHtmlInputElement)Page.QuerySelectorAll("label")
            .Single(label => label.TextContent.Contains(words, StringComparison.Ordinal))
            .QuerySelector("input")!).IsChecked;

    public bool HasButton(string text) => Buttons(text).Any();

    private void Fill(string label, string value)
    {
        switch (Field(label))
        {
            case IHtmlInputElement input:
                input.Value = value;
                break;
            case IHtmlTextAreaElement area:
                area.Value = value;
                break;
            case IHtmlSelectElement select:
                select.Value = select.Options.Single(option => option.Text == value).Value;
                break;
            case var other:
                Assert.Fail($"'{label}' labels a {other.LocalName}, which takes no text.");
                break;
        }
    }

    private IElement Field(string label)
    {
        var found = Page.QuerySelectorAll<IHtmlLabelElement>("label").FirstOrDefault(l => l.TextContent.Trim() == label);
        Assert.True(found is not null, $"No field labelled '{label}' on {Location}:\n{Page.Body?.TextContent}");
        var control = found.Control ?? (IElement?)Page.GetElementById(found.HtmlFor ?? "");
        Assert.True(control is not null, $"The label '{label}' on {Location} belongs to no field.");
        return control;
    }

    private IEnumerable<IHtmlElement> Buttons(string text) =>
        Page.QuerySelectorAll<IHtmlElement>("button").Where(b => b.TextContent.Trim() == text);

    private IHtmlButtonElement Button(string text)
    {
        var button = Buttons(text).OfType<IHtmlButtonElement>().FirstOrDefault();
        Assert.True(button is not null, $"No button '{text}' on {Location}:\n{Page.Body?.TextContent}");
        return button;
    }

    private HttpRequestMessage Request(IHtmlButtonElement button)
    {
        var form = button.Form;
        Assert.NotNull(form);
        var action = button.GetAttribute("formaction") ?? form.GetAttribute("action");
        var target = string.IsNullOrEmpty(action) ? Location : new Uri(Location, action);
        var content = new FormUrlEncodedContent(form.Elements.Select(Sent).Append((button.Name, button.Value))
            .Where(field => !string.IsNullOrEmpty(field.Name))
            .Select(field => KeyValuePair.Create(field.Name!, field.Value ?? "")));
        return new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
    }

    /// <summary>What a control adds to a form's data set; no name where it adds nothing.</summary>
    private static (string? Name, string? Value) Sent(IHtmlElement control) => control switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" } => default,
        IHtmlInputElement input => (input.Name, input.Value),
        IHtmlTextAreaElement area => (area.Name, area.Value),
        IHtmlSelectElement select => (select.Name, select.Value),
        _ => default,
    };

    private async Task GoAsync(HttpRequestMessage request)
    {
        Redirect = null;
        for (var redirects = 0; redirects < MostRedirects; redirects++)
        {
            using var response = await _http.SendAsync(request);
            Location = request.RequestUri!;
            Visited.Add(Location);
            Status = response.StatusCode;
            request.Dispose();

            if (response.Headers.Location is not { } location)
            {
                Page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
                return;
            }

            var target = new Uri(Location, location);
            if (target.GetLeftPart(UriPartial.Authority) != _origin.GetLeftPart(UriPartial.Authority))
            {
                Redirect = target;
                return;
            }

            request = new HttpRequestMessage(HttpMethod.Get, target);
        }

        Assert.Fail($"More than {MostRedirects} redirects, the last to {Location}.");
    }

    public void Dispose() => _http.Dispose();
}
