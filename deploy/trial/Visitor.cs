using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Taskmaster.Trial;

/// <summary>A user's browser without JavaScript: keeps cookies, follows redirects within Taskmaster, fills in forms.</summary>
internal sealed partial class Visitor : IDisposable
{
    private const int MostRedirects = 20;
    private const int MostAttempts = 8;

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _origin;

    public Visitor(Uri origin, Host from)
    {
        _origin = origin;
        var handler = from.NewHandler();
        (handler.CookieContainer, handler.AllowAutoRedirect) = (_cookies, false);
        _http = new HttpClient(handler);
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    /// <summary>Whose browser it is.</summary>
    public string Email { get; init; } = $"alice-{RandomNumberGenerator.GetHexString(12, true)}@example.com";

    /// <summary>What was shown last.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Where that was, or where a redirect led that left Taskmaster: a client's redirect URI.</summary>
    public Uri Location { get; private set; } = new("about:blank");

    /// <summary>How many pages were asked for again, because they were answered 503.</summary>
    public int AskedAgain { get; private set; }

    public bool HasForm => FormPattern().IsMatch(Page);

    public Task OpenAsync(string pathAndQuery) => GoAsync(HttpMethod.Get, new Uri(_origin, pathAndQuery), null, mayRepeat: true);

    /// <summary>Fills in the form that has these fields, and sends it.</summary>
    public Task SubmitAsync(params (string Name, string Value)[] fields) => SubmitAsync(mayRepeat: false, Having(fields), fields);

    /// <summary>The same for a form that may be sent twice: it is, where it is answered 503.</summary>
    public Task SubmitAgainAsync(params (string Name, string Value)[] fields) => SubmitAsync(mayRepeat: true, Having(fields), fields);

    /// <summary>Sends the form that has this button and nothing to fill in.</summary>
    public Task PressAsync(string button) => SubmitAsync(mayRepeat: false, [$">{button}</button>"], []);

    /// <summary>The text of what the page labels so.</summary>
    public string ValueOf(string id) =>
        Regex.Match(Page, $"""<(?:input|code|output|textarea)[^>]*id="{id}"[^>]*>""") is { Success: true } found
        && Attribute(found.Value, "value") is { } value
            ? value
            : throw new TrialException($"{Location} shows no value '{id}':\n{Page}");

    public void Dispose() => _http.Dispose();

    private static string[] Having((string Name, string Value)[] fields) => [.. fields.Select(field => $"name=\"{field.Name}\"")];

    private Task SubmitAsync(bool mayRepeat, string[] has, (string Name, string Value)[] fields)
    {
        var form = FormPattern().Matches(Page)
                .FirstOrDefault(found => Array.TrueForAll(has, part => found.Value.Contains(part, StringComparison.Ordinal)))
            ?? throw new TrialException($"{Location} shows no form with {string.Join(", ", has)}:\n{Page}");
        var hidden = InputPattern().Matches(form.Value)
            .Where(input => Attribute(input.Value, "type") == "hidden")
            .Select(input => (Name: Attribute(input.Value, "name")!, Value: Attribute(input.Value, "value") ?? ""))
            .Where(input => Array.TrueForAll(fields, field => field.Name != input.Name));
        var target = Attribute(form.Groups[1].Value, "action") is { Length: > 0 } action ? new Uri(Location, action) : Location;
        var filledIn = hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        return GoAsync(HttpMethod.Post, target, filledIn, mayRepeat);
    }

    private async Task GoAsync(HttpMethod method, Uri address, IReadOnlyList<KeyValuePair<string, string>>? form, bool mayRepeat)
    {
        for (var redirects = 0; redirects < MostRedirects; redirects++)
        {
            using var response = await SendAsync(method, address, form, mayRepeat);
            (Location, Page) = (address, await response.Content.ReadAsStringAsync());
            if (response.Headers.Location is not { } location)
            {
                if (!response.IsSuccessStatusCode)
                {
                    throw new TrialException($"{address} answered {(int)response.StatusCode}:\n{Page}");
                }

                return;
            }

            (method, form, mayRepeat, address) = (HttpMethod.Get, null, true, new Uri(address, location));
            if (address.Authority != _origin.Authority)
            {
                Location = address;
                return;
            }
        }

        throw new TrialException($"{address} redirects without end.");
    }

    /// <summary>
    /// A page that is answered 503 is asked for again: a new process compiles, a store fails over. A form is not unless it may be sent
    /// twice, since it may have been done.
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, IReadOnlyList<KeyValuePair<string, string>>? form, bool mayRepeat)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, address);
            request.Content = form is null ? null : new FormUrlEncodedContent(form);
            var response = await _http.SendAsync(request);
            if (response.StatusCode is not HttpStatusCode.ServiceUnavailable || !mayRepeat || attempt == MostAttempts)
            {
                return response;
            }

            response.Dispose();
            AskedAgain++;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"""\s{name}="([^"]*)"[^>]*""") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<form([^>]*)>.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormPattern();

    [GeneratedRegex("<input[^>]*>", RegexOptions.Singleline)]
    private static partial Regex InputPattern();
}
