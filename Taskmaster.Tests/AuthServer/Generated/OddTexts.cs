namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>What nobody means to send. Values are as on the wire, percent-encoded by hand where that is the point.</summary>
internal static class OddTexts
{
    public static readonly IReadOnlyList<string> Values =
    [
        "", " ", "+", "%20", "0", "-1", "null", "true", "[]", "{}", "99999999999999999999", "1e400", "NaN",
        "%00", "a%00b", "%0d%0aSet-Cookie:%20x=y", "%0d%0aLocation:%20https://evil.example/", "%08%1b%7f", "%e2%80%ae", "%ef%bb%bf",
        "%ef%bf%be",
        "%", "%4", "%zz", "%u0041", "%25%30%30", "%ff%fe", "%c0%af", "%c0%80", "%ed%a0%80", "%f5%80%80%80", "%f0%9f%97%82", "мир", "🗂️",
        "é%cc%81",
        "<script>alert(1)</script>", "%22%3e%3cimg%20src=x%3e", "';DROP%20TABLE%20clients;--", "%25_%5c",
        "$%7bjndi:ldap://evil.example%7d", "{{7*7}}", "../../etc/passwd",
        "openid%20openid", "none%20login", "urn:ietf:params:oauth:request_uri:x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "..", "a.b.c",
        "a.b.c.d.e",
        "https://evil.example/", "//evil.example", "javascript:alert(1)", "code", "client_credentials", "form_post", "S256", "plain",
        new('a', 300), new('%', 300), string.Concat(Enumerable.Repeat("%41", 3_000)), string.Concat(Enumerable.Repeat("a%20", 2_000)),
        new('x', 20_000),
    ];

    public static readonly IReadOnlyList<string> ContentTypes =
    [
        "application/json", "text/plain", "text/xml", "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-www-form-urlencoded; charset=nothing", "application/x-www-form-urlencoded;;", "APPLICATION/X-WWW-FORM-URLENCODED",
        "application/x-www-form-urlencoded, text/plain",
        "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"\"",
        "multipart/mixed; boundary=" + new string('b', 300), "application/", "/", "*/*", "\0", "application/jwt", "",
    ];

    public static readonly IReadOnlyList<string> Methods =
    [
        "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "M-SEARCH"
    ];

    /// <summary>Other addresses that resemble <paramref name="registered"/>, decoded.</summary>
    public static IReadOnlyList<string> Resembling(string registered)
    {
        var uri = new Uri(registered);
        var (scheme, rest) = (uri.Scheme, registered[(registered.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('/'));
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        return
        [
            $"{scheme}://{host}.evil.example{path}", $"{scheme}://{host}@evil.example{path}", $"{scheme}://{host}:x@evil.example{path}",
            $"{scheme}://evil.example/{registered}",
            $"{scheme}://evil.example#{registered}", $"{scheme}://evil.example?{registered}", $"{scheme}://evil.example\\@{host}{path}",
            $"{scheme}://{host}\\@evil.example{path}",
            $"{scheme}://{host}%2eevil.example{path}", $"{scheme}://{host}%00.evil.example{path}",
            $"{scheme}://{host}\0.evil.example{path}", $"{scheme}:/\\evil.example{path}", $"{scheme}:{host}{path}",
            $"//{host}{path}", $"//evil.example{path}", $"/{path}", $"\\\\evil.example{path}", registered + "/", registered + "/..",
            registered + "/../../evil", registered + "%2f..%2fevil",
            registered + "?", registered + "?x=1", registered + "&x=1", registered + "#", registered + "#x", registered + "\0",
            registered + "%00", registered + " ", " " + registered, "\t" + registered,
            registered + "\r\nLocation: https://evil.example", registered.ToUpperInvariant(),
            $"{scheme.ToUpperInvariant()}://{host}{path}", $"{scheme}://{host.ToUpperInvariant()}{path}",
            $"{scheme}://{host}:443{path}", $"{scheme}://{host}:80{path}", $"{scheme}://{host}:0{path}",
            $"{scheme}://{host}:99999999{path}", $"{scheme}://{host}:{path}", $"{scheme}://{host}.{path}",
            $"{scheme}://{host}:1@evil.example{path}", $"{scheme}://{host}:12345{path}", $"{scheme}://{host}:12345{path}/../evil",
            $"{scheme}://{host}:12345{path}?x", $"http://{host}{path}", $"https://{host}{path}",
            $"{scheme}://{host.Replace('o', 'о')}{path}", $"{scheme}://{host}。evil.example{path}", $"{scheme}://{host}／evil.example{path}",
            $"http://127.1{path}", $"http://2130706433{path}", $"http://0x7f.1{path}",
            $"http://[::ffff:127.0.0.1]:1{path}", $"http://[::1]:1{path}", $"http://[::1%25eth0]:1{path}", $"http://127.0.0.2:1{path}",
            $"http://localhost:1{path}", $"http://0.0.0.0:1{path}",
            "javascript:alert(1)", "data:text/html,x", "about:blank", $"view-source:{registered}", $"blob:{registered}",
            "file:///etc/passwd", "x", "", "com.example.app://evil", "com.example.app:/callback/../x",
            $"{registered},{registered}", $"{registered} https://evil.example/", new('h', 5_000),
            $"{registered}?{new string('q', 10_000)}",
        ];
    }
}
