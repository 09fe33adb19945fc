using System.Net.Http.Headers;
using System.Text;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.SignIn;

namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>Does what an application does on its own server: exchanges a code, and calls the API with the token.</summary>
internal sealed class TryClient(IHttpClientFactory clients, PublicOrigin origin, IHttpContextAccessor accessor)
{
    public const string TasksApi = "try-tasksapi";

    /// <param name="clientId">The application.</param>
    /// <param name="secret">What it was registered with; null for a public one. Sent as Basic, and kept nowhere.</param>
    /// <param name="form">The grant.</param>
    /// <param name="proofs">Which the token is bound by; null for a bearer token.</param>
    /// <param name="cancellationToken">Of the user's request.</param>
    public Task<ServiceAnswer> RedeemAsync(
        string clientId, string? secret, Dictionary<string, string> form, TryProofs? proofs, CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue? credentials = null;
        if (secret is null)
        {
            form["client_id"] = clientId;
        }
        else
        {
            // RFC 6749 §2.3.1: each is form-urlencoded first.
            var pair = Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret)}");
            credentials = new("Basic", Convert.ToBase64String(pair));
        }

        return SendAsync(AuthServerBackchannel.Name, HttpMethod.Post, "/oauth2/token", credentials, form, proofs, null, cancellationToken);
    }

    /// <summary>UserInfo, or any path of the API.</summary>
    public Task<ServiceAnswer> GetAsync(string path, string accessToken, TryProofs? proofs, CancellationToken cancellationToken) =>
        SendAsync(
            path.StartsWith("/api/", StringComparison.Ordinal) ? TasksApi : AuthServerBackchannel.Name, HttpMethod.Get, path,
            new(proofs is null ? "Bearer" : DpopNames.Scheme, accessToken), null, proofs, accessToken, cancellationToken);

    /// <summary>Once more with the server's nonce, where a proof lacked it (RFC 9449 §8).</summary>
    private async Task<ServiceAnswer> SendAsync(
        string name, HttpMethod method, string path, AuthenticationHeaderValue? authorization, Dictionary<string, string>? form,
        TryProofs? proofs, string? accessToken, CancellationToken cancellationToken)
    {
        var address = new Uri(origin.Uri, path);
        using var client = clients.CreateClient(name);
        while (true)
        {
            using var request = new HttpRequestMessage(method, name == TasksApi ? new Uri(path, UriKind.Relative) : address);
            request.Content = form is null ? null : new FormUrlEncodedContent(form);
            request.Headers.Authorization = authorization;

            // What a developer tries counts for their address and not for Web's.
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", accessor.HttpContext?.Connection.RemoteIpAddress?.ToString());
            if (proofs is not null)
            {
                request.Headers.Add(DpopNames.Header, proofs.Next(method, address, accessToken));
            }

            using var response = await client.SendAsync(request, cancellationToken);
            if (proofs is { Nonce: null } && response.Headers.TryGetValues(DpopNames.NonceHeader, out var nonces))
            {
                proofs.Nonce = nonces.Single();
                if (!response.IsSuccessStatusCode)
                {
                    continue;
                }
            }

            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
