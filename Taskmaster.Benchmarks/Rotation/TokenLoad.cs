using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Rotation;

/// <summary>Refreshes its own tokens on one replica after the other, at a steady pace, and hands each new id_token on.</summary>
internal sealed class TokenLoad(HttpClient http, IReadOnlyList<Side> replicas, TimeSpan pace)
{
    private int _requests;

    public int Requests => _requests;

    public async Task RunAsync(Func<string, Task> handOn, CancellationToken enough)
    {
        var code = await AuthorizeAsync(replicas[0]);
        var tokens = await TokenAsync(replicas[0], FlowSteps.RedeemForm(code, ClientAccount.RedirectUri));

        var watch = Stopwatch.StartNew();
        for (var due = TimeSpan.Zero; !enough.IsCancellationRequested; due += pace)
        {
            if (due - watch.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early, CancellationToken.None);
            }

            tokens = await TokenAsync(replicas[_requests % replicas.Count], new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = (string)tokens["refresh_token"]!,
            });
            _requests++;
            await handOn((string)tokens["id_token"]!);
        }
    }

    private async Task<string> AuthorizeAsync(Side side)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{side.Port}{FlowSteps.AuthorizePath(side, "openid profile email offline_access")}");
        request.Headers.Add("Cookie", side.Cookie);
        using var response = await http.SendAsync(request);
        return System.Web.HttpUtility.ParseQueryString(response.Headers.Location!.Query)["code"]!;
    }

    private async Task<JsonNode> TokenAsync(Side side, IReadOnlyDictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{side.Port}/oauth2/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", side.Client.Basic);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(body)! : throw new InvalidOperationException($"{(int)response.StatusCode}: {body}");
    }
}
