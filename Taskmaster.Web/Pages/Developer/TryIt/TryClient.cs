using System.Net.Http.Headers;
using System.Text;
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
    /// <param name="cancellationToken">Of the user's request.</param>
    public async Task<ServiceAnswer> RedeemAsync(
        string clientId, string? secret, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, origin.Value + "/oauth2/token");
        if (secret is null)
        {
            form["client_id"] = clientId;
        }
        else
        {
            // RFC 6749 §2.3.1: each is form-urlencoded first.
            var credentials = Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret)}");
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(credentials));
        }

        request.Content = new FormUrlEncodedContent(form);
        return await SendAsync(AuthServerBackchannel.Name, request, cancellationToken);
    }

    /// <summary>UserInfo, or any path of the API.</summary>
    public async Task<ServiceAnswer> GetAsync(string path, string accessToken, CancellationToken cancellationToken)
    {
        var isApi = path.StartsWith("/api/", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, isApi ? path : origin.Value + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await SendAsync(isApi ? TasksApi : AuthServerBackchannel.Name, request, cancellationToken);
    }

    private async Task<ServiceAnswer> SendAsync(string name, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What a developer tries counts for their address and not for Web's.
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", accessor.HttpContext?.Connection.RemoteIpAddress?.ToString());
        using var client = clients.CreateClient(name);
        using var response = await client.SendAsync(request, cancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
