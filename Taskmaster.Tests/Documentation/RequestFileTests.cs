using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>requests/taskmaster.http as an editor sends it: request by request, with what earlier answers had in them.</summary>
[Collection(Stack.Collection)]
public sealed partial class RequestFileTests(Stack stack)
{
    private static readonly string[] Flows = ["docs/client-credentials-flow.md", "docs/authorization-code-flow.md"];

    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<string, JsonNode?> _answers = [];

    [Fact]
    public async Task Every_request_is_answered_with_the_status_its_title_says_and_every_documented_error_is_among_them()
    {
        using var http = stack.CreateClient();
        var file = new Document("requests/taskmaster.http").Text.ReplaceLineEndings("\n");
        var bodies = new StringBuilder();
        var sent = 0;
        foreach (var block in file.Split("### "))
        {
            var (title, lines) = (block.Split('\n')[0], block.Split('\n')
                .Skip(1)
                .Where(line => !line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("# @name", StringComparison.Ordinal))
                .ToList());
            var name = lines.Find(line => line.StartsWith("# @name ", StringComparison.Ordinal))?["# @name ".Length..];
            foreach (var variable in block.Split('\n').Where(line => line.StartsWith('@')).Select(line => line[1..].Split(" = ")))
            {
                _variables.TryAdd(variable[0], variable[0] == "origin" ? stack.Issuer() : variable[1]);
            }

            lines.RemoveAll(line => line.StartsWith('#') || line.StartsWith('@'));
            if (string.Join('\n', lines).Trim() is not { Length: > 0 } request || _variables.Count == 0)
            {
                continue;
            }

            if (name == "authorize")
            {
                await AllowAsync(Filled(request.Split('\n')[0].Split(' ')[1]));
                continue;
            }

            using var message = Request(Filled(request));
            using var response = await http.SendAsync(message);
            var body = await response.Content.ReadAsStringAsync();
            var expected = Status().Match(title) is { Success: true } status ? status.Groups[1].Value : "2";
            Assert.True(((int)response.StatusCode)
                .ToString(System.Globalization.CultureInfo.InvariantCulture)
                .StartsWith(expected, StringComparison.Ordinal), $"{title}: {(int)response.StatusCode} {body}");
            if (name is not null)
            {
                _answers[name] = JsonNode.Parse(body);
            }

            bodies.AppendLine(body);
            sent++;
        }

        Assert.True(sent >= 20, $"Only {sent} requests found.");

        // All but what takes ten minutes, an hour or an outage to see.
        var documented = Flows
            .SelectMany(flow => Error().Matches(new Document(flow).Text)).Select(match => match.Value)
            .Where(error => !error.Contains("expired", StringComparison.Ordinal)).ToList();
        Assert.True(documented.Count >= 8);
        var seen = Spaces().Replace(bodies.ToString(), "");
        Assert.All(documented, error => Assert.Contains(Spaces().Replace(error, ""), seen, StringComparison.Ordinal));
    }

    private async Task AllowAsync(string address)
    {
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Alice"));
        await browser.OpenAsync(new Uri(address).PathAndQuery);
        await browser.SubmitAsync("Allow");
        _variables["code"] = HttpUtility.ParseQueryString(browser.Redirect!.Query)["code"]!;
    }

    private string Filled(string text) => Variable().Replace(text, match => match.Groups[2].Success
        ? _answers[match.Groups[1].Value]![match.Groups[2].Value]!.GetValue<string>()
        : _variables[match.Groups[1].Value]);

    private static HttpRequestMessage Request(string text)
    {
        var (head, body) = text.Split("\n\n", 2) is [var first, var second] ? (first, second) : (text, null);
        var lines = head.Split('\n');
        var (method, address) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1]);
        var message = new HttpRequestMessage(
            new(method), address)
        { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1])))
        {
            // As editors do: the user name and password after Basic are encoded for their reader.
            var sent = value.Split(' ') is ["Basic", var user, var password]
                ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
                : value;
            if (!message.Headers.TryAddWithoutValidation(name, sent))
            {
                message.Content!.Headers.Add(name, sent);
            }
        }

        return message;
    }

    [GeneratedRegex("""\{\{(\w+)(?:\.response\.body\.\$\.(\w+))?\}\}""")]
    private static partial Regex Variable();

    [GeneratedRegex(@": (\d{3})$")]
    private static partial Regex Status();

    [GeneratedRegex("""\{"error":"[^}]*"error_description":"[^}]*\}""")]
    private static partial Regex Error();

    [GeneratedRegex(@"\s")]
    private static partial Regex Spaces();
}
