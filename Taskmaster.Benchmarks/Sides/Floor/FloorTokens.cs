using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>The token endpoint by hand: client credentials, codes, refresh tokens.</summary>
internal sealed class FloorTokens(FloorStore store, FloorIdTokens idTokens)
{
    private static readonly byte[] ClientProof = SHA256.HashData(Encoding.ASCII.GetBytes("Basic " + ClientAccount.Fixed.Basic));

    public async Task AnswerAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        await (!IsClient(http) ? RefuseAsync(http) : form["grant_type"].ToString() switch
        {
            "client_credentials" => IssueAsync(http),
            "authorization_code" => RedeemAsync(http, form),
            "refresh_token" => RefreshAsync(http, form["refresh_token"].ToString()),
            _ => RefuseAsync(http),
        });
    }

    private async Task IssueAsync(HttpContext http)
    {
        var token = FloorStore.NewReference();
        await store.IssueAsync(token, new FloorEntry(TaskTable.Owner));
        await WriteAsync(http, token, idToken: null, refreshToken: null);
    }

    private async Task RedeemAsync(HttpContext http, IFormCollection form)
    {
        var code = form["code"].ToString();
        if (form["redirect_uri"] != ClientAccount.Fixed.RedirectUri
            || await store.FindAsync(code) is not { } entry
            || !IsVerifier(form["code_verifier"].ToString(), entry.Challenge))
        {
            await RefuseAsync(http);
            return;
        }

        await SpendAsync(http, code, entry, refreshes: entry.Scope.Contains("offline_access", StringComparison.Ordinal));
    }

    private async Task RefreshAsync(HttpContext http, string refreshToken) =>
        await (await store.FindAsync(refreshToken) is { } entry
            ? SpendAsync(http, refreshToken, entry, refreshes: true)
            : RefuseAsync(http));

    private async Task SpendAsync(HttpContext http, string spent, FloorEntry entry, bool refreshes)
    {
        var accessToken = FloorStore.NewReference();
        var refreshToken = refreshes ? FloorStore.NewReference() : null;

        // Redis writes while the id_token is signed.
        var spending = store.SpendAsync(spent, entry.Grant, entry, refreshToken is null ? [accessToken] : [accessToken, refreshToken]);
        var idToken = idTokens.Sign(entry, accessToken);
        await (await spending ? WriteAsync(http, accessToken, idToken, refreshToken) : RefuseAsync(http));
    }

    private static bool IsClient(HttpContext http)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(http.Request.Headers.Authorization.ToString()), hash);
        return CryptographicOperations.FixedTimeEquals(hash, ClientProof);
    }

    /// <summary>RFC 7636 §4.6.</summary>
    private static bool IsVerifier(string verifier, string challenge) => CryptographicOperations.FixedTimeEquals(
        Base64Url.EncodeToUtf8(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), Encoding.ASCII.GetBytes(challenge));

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext http, string accessToken, string? idToken, string? refreshToken)
    {
        http.Response.ContentType = "application/json;charset=UTF-8";
        http.Response.Headers.CacheControl = "no-store";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("access_token", accessToken);
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", 3600);
            if (idToken is not null)
            {
                json.WriteString("id_token", idToken);
            }

            if (refreshToken is not null)
            {
                json.WriteString("refresh_token", refreshToken);
            }

            json.WriteEndObject();
            http.Response.ContentLength = json.BytesPending + json.BytesCommitted;
        }

        await http.Response.BodyWriter.FlushAsync();
    }
}
