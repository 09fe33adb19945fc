using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Taskmaster.Benchmarks.Sides.Ours;

/// <summary>
/// A client whose id_tokens are signed by ES256 (OpenID Connect Registration §2, <c>id_token_signed_response_alg</c>), and its
/// user's consent. A build of AuthServer that does not know the field is measured without.
/// </summary>
internal static class Es256Setup
{
    private const string Field = "id_token_signed_response_alg";
    private const string Es256 = "ES256";

    /// <returns>Null where AuthServer has no such client, which it says on standard error.</returns>
    public static async Task<ClientAccount?> RegisterAsync(HttpClient http, Side side, Browser browser, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{side.Port}/clients")
        {
            Content = JsonContent.Create(new JsonObject
            {
                ["name"] = "Benchmark, ES256",
                ["redirect_uris"] = new JsonArray(ClientAccount.MeasuredRedirectUri),
                [Field] = Es256,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || JsonNode.Parse(answer) is not { } client || (string?)client[Field] != Es256)
        {
            await Console.Error.WriteLineAsync(
                $"No row for whole code flows by ES256: POST /clients of {side.Name} answered {(int)response.StatusCode} "
                + $"to {Field}, and made no client that has it.");
            return null;
        }

        var account = new ClientAccount(
            (string)client["client_id"]!, (string)client["client_secret"]!, ClientAccount.MeasuredRedirectUri);
        await CheckAsync(http, side, account, await browser.AuthorizeAsync(account.AuthorizePath(ClientAccount.AllScopes)));
        return account;
    }

    /// <summary>A client that says ES256 and gets RS256 must not be measured as if it did.</summary>
    private static async Task CheckAsync(HttpClient http, Side side, ClientAccount client, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{side.Port}/oauth2/token")
        {
            Content = new StringContent(client.RedeemForm(code), new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", client.Basic);
        using var response = await http.SendAsync(request);
        var idToken = (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())?["id_token"]
            ?? throw new InvalidOperationException("The client for ES256 got no id_token.");
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(idToken.AsSpan(0, idToken.IndexOf('.', StringComparison.Ordinal))))!;
        if ((string?)header["alg"] != Es256)
        {
            throw new InvalidOperationException($"The client for ES256 got an id_token by {header["alg"]}.");
        }
    }
}
