using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.SignIn;

/// <summary>
/// How long a refused sign-in takes for an address that is unknown, one whose password is wrong and one that is locked,
/// in turn, so that whatever else the machine does falls on all three.
/// </summary>
internal static partial class SignInTimes
{
    private const int Users = 40;

    // One less than lock an account.
    private const int TriesAnAccount = 9;

    private const string Password = "correct horse battery staple";

    private static readonly Dictionary<string, string> _limits = new() { ["RateLimits__signup__Limit"] = "1000000" };

    public static async Task<int> RunAsync()
    {
        using var run = new Run();
        using var stop = new StopOnSignal();
        var side = await TaskmasterSide.StartAsync(run, "sign-in", await RedisServer.StartAsync(run, "sign-in"), _limits);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri($"http://127.0.0.1:{side.Port}") };
        http.DefaultRequestHeaders.Add("Accept", "text/html");

        await SignUpAsync(http, "locked@example.com");
        for (var user = 0; user < Users; user++)
        {
            await SignUpAsync(http, $"user{user}@example.com");
        }

        var token = await TokenAsync(http, "/sign-in");
        for (var wrong = 0; wrong <= TriesAnAccount; wrong++)
        {
            _ = await RefusedAsync(http, token, "locked@example.com");
            _ = await RefusedAsync(http, token, "warm-up@example.com");
        }

        var (unknown, known, locked) = (new List<double>(), new List<double>(), new List<double>());
        for (var attempt = 0; attempt < Users * TriesAnAccount; attempt++)
        {
            unknown.Add(await RefusedAsync(http, token, $"nobody{attempt}@example.com"));
            known.Add(await RefusedAsync(http, token, $"user{attempt % Users}@example.com"));
            locked.Add(await RefusedAsync(http, token, "locked@example.com"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            refused sign-ins     median ms   10 % below   90 % below   ({unknown.Count} of each, in turn)
            unknown address      {Row(unknown)}
            wrong password       {Row(known)}
            locked account       {Row(locked)}
            """));
        return 0;
    }

    private static string Row(List<double> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2],9:0.00}   {times[times.Count / 10],10:0.00}   {times[times.Count * 9 / 10],10:0.00}");
    }

    private static async Task<double> RefusedAsync(HttpClient http, string token, string email)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = email, ["Password"] = "not the password", ["__RequestVerificationToken"] = token });
        var start = Stopwatch.GetTimestamp();
        using var response = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        var body = await response.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return body.Contains("The e-mail address or the password is wrong", StringComparison.Ordinal)
            ? took
            : throw new InvalidOperationException($"{email}: {(int)response.StatusCode} {body}");
    }

    private static async Task SignUpAsync(HttpClient http, string email)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Name"] = "Alice",
            ["Email"] = email,
            ["Password"] = Password,
            ["__RequestVerificationToken"] = await TokenAsync(http, "/sign-up"),
        });
        using var response = await http.PostAsync(new Uri("/sign-up", UriKind.Relative), form);
        if (response.StatusCode is not HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"{email} could not sign up: {(int)response.StatusCode}");
        }
    }

    private static async Task<string> TokenAsync(HttpClient http, string page) =>
        Token().Match(await http.GetStringAsync(new Uri(page, UriKind.Relative))).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
