using System.Text;
using System.Text.Json;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>Does to a request what a careless client, a proxy or an attacker does.</summary>
internal sealed class RequestSpoiler(Choices choices, IReadOnlyList<KnownClient> clients, string canary)
{
    private static readonly string[] Parameters =
    [
        "client_id", "client_secret", "client_assertion", "client_assertion_type", "grant_type", "code", "redirect_uri", "code_verifier",
        "code_challenge", "code_challenge_method",
        "scope", "state", "nonce", "prompt", "max_age", "login_hint", "id_token_hint", "response_type", "response_mode", "request_uri",
        "request", "claims", "acr_values", "resource", "audience",
        "token", "token_type_hint", "refresh_token", "access_token", "username", "password", "device_code", "user_code", "choice",
        "resume", "decision", "ticket", "returnUrl", "decided",
        "post_logout_redirect_uri", "registration", "subject_token", "actor_token", "assertion", "", "__RequestVerificationToken", "a[b]",
        "$where", "client_id[]",
    ];

    // Where a value like these belongs there, a log line would have it.
    private static readonly string[] Secrets =
        ["client_secret", "client_assertion", "code", "code_verifier", "id_token_hint", "token", "refresh_token", "access_token", "password", "device_code", "user_code", "subject_token", "assertion", "request", "ticket", "resume", "decision"];

    /// <summary>Leaves one in four as it is.</summary>
    public void Spoil(GeneratedRequest request)
    {
        for (var times = choices.Below(4); times > 0; times--)
        {
            SpoilOnce(request);
        }
    }

    private void SpoilOnce(GeneratedRequest request)
    {
        switch (choices.Below(20))
        {
            case < 9 when request.Body is not null:
                request.Body = Json(request.Body);
                break;
            case < 9:
                Parameter(request.Parameters);
                break;
            case < 12 when request.Parameters.Exists(parameter => parameter.Name == "redirect_uri"):
                Replace(request.Parameters, "redirect_uri", Escape(
                    choices.Of(OddTexts.Resembling(choices.Of(choices.Of(clients).RedirectUris)))));
                break;
            case < 14:
                Authentication(request);
                break;
            case 14:
                request.ContentType = choices.OneIn(4) ? null : choices.Of(OddTexts.ContentTypes);
                break;
            case 15:
                request.Method = choices.Of(OddTexts.Methods);
                break;
            case 16:
                // Kestrel itself refuses a NUL in a path.
                request.Path = choices.Of(
                [
                    request.Path + "/", request.Path.ToUpperInvariant(),
                    request.Path.Replace("oauth2", "oauth2/.", StringComparison.Ordinal),
                    request.Path + "/x", request.Path + "%2f", "/" + request.Path,
                    "/" + request.Path[1..].Replace("/", "%2f", StringComparison.Ordinal), request.Path + ";x=y",
                ]);
                break;
            case 17:
                request.Headers.Add(choices.Of<(string, string)>([
                    ("Cookie", $"taskmaster.auth={canary}"), ("Cookie", "taskmaster.auth=" + new string('A', 5_000)),
                    ("Cookie", "taskmaster.auth.antiforgery=%00; =; ;;"), ("X-Forwarded-Host", "evil.example"),
                    ("X-Forwarded-Proto", "gopher"), ("X-Forwarded-For", "not an address"), ("X-Forwarded-For", "1.2.3.4, ::1, \0"),
                    ("Host", "evil.example"), ("Origin", "null"), ("User-Agent", new('u', 5_000)),
                    ("User-Agent", "\u0001\0é"), ("Content-Encoding", "gzip"), ("Accept-Language", "\0"), ("traceparent", "00-zz"),
                    ("baggage", $"k={canary}"), ("X-HTTP-Method-Override", "DELETE"), ("DPoP", "a.b.c"), ("Expect", "100-continue"),
                ]));
                break;
            case 18:
                request.Parameters.Add((choices.Of(Secrets), Secret()));
                break;
            default:
                request.Body = choices.Of<byte[]>(
                [
                    [], "{}"u8.ToArray(), "&&&===&"u8.ToArray(), [0xff, 0xfe, 0x00],
                    Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Repeat("a=b", 3_000))), new byte[70_000],
                ]);
                break;
        }
    }

    private void Parameter(List<(string Name, string Value)> parameters)
    {
        if (parameters.Count == 0)
        {
            parameters.Add((choices.Of(Parameters), choices.Of(OddTexts.Values)));
            return;
        }

        var at = choices.Below(parameters.Count);
        var (name, value) = parameters[at];
        switch (choices.Below(10))
        {
            case 0 or 1:
                parameters.RemoveAt(at);
                break;
            case 2:
                parameters.Add((name, choices.OneIn(2) ? value : choices.Of(OddTexts.Values)));
                break;
            case 3:
                parameters.Insert(0, (choices.Of(Parameters), choices.Of(OddTexts.Values)));
                break;
            case 4:
                parameters[at] = (choices.Of([name.ToUpperInvariant(), name + "[]", name + "%00", "%20"
                    + name, string.Concat(name.Select(letter => $"%{(int)letter:x2}")), "", name + "=", name + ";x"]), value);
                break;
            case 5:
                parameters[at] = (name, value + choices.Of(OddTexts.Values));
                break;
            case 6:
                parameters[at] = (name, choices.Of(parameters).Value);
                break;
            case 7:
                parameters[at] = (name, value.Length == 0 ? "x" : value[..^1] + (char)('a' + choices.Below(26)));
                break;
            default:
                parameters[at] = (name, choices.Of(OddTexts.Values));
                break;
        }
    }

    private void Authentication(GeneratedRequest request)
    {
        var client = choices.Of(clients);
        var scheme = choices.Of(["Basic", "basic", "Bearer", "Digest", "DPoP", "", "Basic Basic"]);
        var credentials = choices.Below(9) switch
        {
            0 => "",
            1 => "%%%",
            2 => Base64(client.Id),
            3 => Base64(":"),
            4 => Base64($"{client.Id}:{Secret()}"),
            5 => Base64($"%zz{client.Id}:%{Secret()}"),
            6 => Convert.ToBase64String([0xff, 0xfe, .. Encoding.UTF8.GetBytes($"{client.Id}:{Secret()}")]),
            7 => Base64(client.Id + "\0:\0" + Secret()) + "====",
            _ => Base64(new string('c', 20_000) + ":" + Secret()),
        };
        if (!choices.OneIn(3))
        {
            request.Headers.RemoveAll(header => header.Name == "Authorization");
        }

        request.Headers.Add(("Authorization", $"{scheme} {credentials}"));
        if (choices.OneIn(4))
        {
            request.Parameters.Add(("client_secret", Secret()));
        }
    }

    /// <summary>Broken, of other types, or with values that JSON has and a form has not.</summary>
    private byte[] Json(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        string[] values =
        [
            "null", "7", "-1e400", "true", "[]", "{}", "[null]", "[[\"x\"]]", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"",
            "\" \"", "[\"\\u0000\"]", "[\"\\ud800\"]", "\"" + new string('n', 300) + "\"",
            "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"\\u0000\",\"e\":\"AQAB\"}]}",
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"\\ud800\",\"e\":\"AQAB\"}]}", "{\"keys\":7}", "{\"keys\":[7,null,{}]}",
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"!\",\"y\":\"!\"}]}",
            $"[\"{choices.Of(OddTexts.Resembling("https://robot.example/callback")).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\0", "\\u0000", StringComparison.Ordinal).ReplaceLineEndings("\\n").Replace("\t", "\\t", StringComparison.Ordinal)}\"]",
        ];
        string[] names =
        [
            "client_name", "redirect_uris", "post_logout_redirect_uris", "token_endpoint_auth_method", "grant_types", "response_types",
            "scope", "jwks", "jwks_uri", "subject_type",
            "id_token_signed_response_alg", "client_id", "client_secret", "logo_uri", "software_statement", "contacts", "is_first_party",
            "owner_id", "__proto__",
        ];
        var spoilt = choices.Below(14) switch
        {
            0 when text.Length > 0 => text[..choices.Below(text.Length)],
            1 => $"[{text}]",
            2 => text + text,
            3 => "\ufeff" + text,
            4 => string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200),
            5 => text.Replace('"', '\''),
            6 => $"{{\"client_secret\":\"{Secret()}\",{text.TrimStart('{')}",
            7 => text.Replace("\"redirect_uris\"", "\"redirect_uris\":[],\"redirect_uris\"", StringComparison.Ordinal),
            _ => With(text, choices.Of(names), choices.Of(values)),
        };
        return choices.OneIn(20)
            ? [.. Encoding.Unicode.GetBytes(spoilt)]
            : choices.OneIn(20) ? [0xc3, 0x28, .. Encoding.UTF8.GetBytes(spoilt)] : Encoding.UTF8.GetBytes(spoilt);
    }

    /// <summary>The object with one property more, or another; the values stay as they are written.</summary>
    private static string With(string json, string name, string value)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var others = document.RootElement.EnumerateObject()
                .Where(property => property.Name != name)
                .Select(property => $"\"{property.Name}\":{property.Value.GetRawText()}");
            return $"{{{string.Join(',', [.. others, $"\"{name}\":{value}"])}}}";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Spoilt before, it is no object any more.
            return json + value;
        }
    }

    private string Secret() => $"{canary}.{choices.Below(1_000_000)}";

    private static void Replace(List<(string Name, string Value)> parameters, string name, string value)
    {
        var at = parameters.FindIndex(parameter => parameter.Name == name);
        parameters[at] = (name, value);
    }

    private static string Escape(string value) => Uri.EscapeDataString(value);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
