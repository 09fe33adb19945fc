using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>What an answer must be like, whatever was asked.</summary>
internal static partial class DocumentedAnswers
{
    private static readonly Dictionary<string, int[]> Statuses = new()
    {
        ["authorize"] = [200, 302, 303, 400, 405, 413],
        ["token"] = [200, 400, 401, 405, 413],
        ["par"] = [201, 400, 401, 405, 413],
        ["device"] = [200, 400, 401, 405, 413],
        ["verify"] = [200, 302, 400, 405, 413, 429],
        ["introspect"] = [200, 400, 401, 405, 413],
        ["revoke"] = [200, 400, 401, 405, 413],
        ["register"] = [201, 400, 405, 413],
        ["registration"] = [200, 204, 400, 401, 405, 413],
        ["userinfo"] = [200, 400, 401, 403, 405, 413],
        ["logout"] = [302, 303, 400, 405, 413],
        ["sign-in"] = [200, 302, 400, 405, 413],
        ["sign-up"] = [200, 302, 400, 405, 413],
    };

    private static readonly string[] Cookies = ["taskmaster.auth", "taskmaster.auth.antiforgery"];

    /// <summary>What is wrong, or null. <paramref name="clients"/> are those whose redirect URIs are verified.</summary>
    public static string? Problem(GeneratedRequest request, Answer answer, IReadOnlyList<KnownClient> clients)
    {
        var status = (int)answer.Status;
        // Led astray from registration, a request may arrive at a client's configuration.
        if (!Statuses[request.Endpoint].Contains(status) && !(status is 401 or 404 && !request.IsAtItsPath))
        {
            return $"the status {status}";
        }

        if (answer.Message.Headers.TryGetValues("Location", out var locations)
            && (locations.Count() != 1 || (status is not 201 && !IsVerified(locations.Single(), clients))))
        {
            return "a redirect to an unverified address";
        }

        if (answer.Message.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.FirstOrDefault(cookie => !Cookies.Contains(cookie.Split('=')[0], StringComparer.Ordinal)) is { } cookie)
        {
            return $"the cookie {cookie}";
        }

        if (status is 405 && answer.Message.Content.Headers.Allow.Count == 0)
        {
            return "no Allow (RFC 9110 §15.5.6)";
        }

        return answer.Message.Content.Headers.ContentType?.MediaType switch
        {
            "text/html" => PostsElsewhere(answer.Body, clients) ? "a page that posts to an unverified address" : null,
            "application/json" when status >= 400 =>
                IsError(answer.Body) ? null : "an error without error and error_description (RFC 6749 §5.2)",
            "application/json" => null,
            _ when status >= 400 && answer.Body.Length == 0 => null,
            _ when answer.Body.Length == 0 => null,
            var type => $"the media type {type}",
        };
    }

    /// <summary>A page of ours, or an address that the client it is about has registered.</summary>
    private static bool IsVerified(string location, IReadOnlyList<KnownClient> clients) =>
        !location.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
        && (LocalPage().IsMatch(location)
            || clients.Any(client => client.RedirectUris.Any(registered => Fits(location, registered, client))));

    private static bool Fits(string location, string registered, KnownClient client)
    {
        // RFC 8252 §7.3.
        if (client.Secret is null && LoopbackPort().Replace(location, "$1", 1) is var portless && portless != location)
        {
            return Fits(portless, registered, client with { Secret = "" });
        }

        return location == registered
            || (location.StartsWith(registered, StringComparison.Ordinal)
                && location[registered.Length] is var next
                && (registered.Contains('?', StringComparison.Ordinal) ? next is '&' or '#' : next is '?' or '#'));
    }

    private static bool PostsElsewhere(string page, IReadOnlyList<KnownClient> clients) =>
        Action().Matches(page).Any(match => !IsVerified(WebUtility.HtmlDecode(match.Groups[1].Value), clients));

    private static bool IsError(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind is JsonValueKind.Object
            && document.RootElement.TryGetProperty("error", out var error) && error.GetString() is { Length: > 0 }
            && document.RootElement.TryGetProperty("error_description", out var description)
                && DescriptionText().IsMatch(description.GetString() ?? string.Empty);
    }

    // RFC 6749 §5.2.
    [GeneratedRegex(@"^[\x20-\x21\x23-\x5B\x5D-\x7E]+$")]
    private static partial Regex DescriptionText();

    [GeneratedRegex("^(/|/(welcome|sign-in|sign-up|sign-out|consent|projects|account|oauth2/(authorize|verify|logout))([?].*)?)$")]
    private static partial Regex LocalPage();

    [GeneratedRegex(@"^(http://(?:127\.0\.0\.1|\[::1\])):[0-9]*")]
    private static partial Regex LoopbackPort();

    [GeneratedRegex("<form[^>]* action=\"([^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Action();
}
