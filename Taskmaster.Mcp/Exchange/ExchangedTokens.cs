using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Caching.Memory;
using OpenIddict.Abstractions;
using Taskmaster.Mcp.Api;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Exchange;

/// <summary>
/// Tokens for the Tasks API, each exchanged for a caller's token for this server (RFC 8693). A caller's token is never passed on:
/// it was not issued for the API. They are kept in memory under a hash for as long as they live, a few minutes. Keeping one does
/// not prolong anything: the caller's own token is looked up at every request, before this is asked.
/// </summary>
internal sealed class ExchangedTokens(
    IHttpClientFactory clients, IMemoryCache cache, McpClientSecret secret, PublicOrigin origin)
{
    public const string ClientName = "token-exchange";

    /// <summary>Each is an entry of size 1. A token that is not kept is exchanged again.</summary>
    public const int MaximumCount = 10_000;

    private const string TokenEndpoint = PublicPaths.OAuth + "/token";

    /// <summary>A token is not used any more when it is about to expire: the call takes time, and clocks differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly AuthenticationHeaderValue _authentication = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{WellKnownClients.Mcp}:{secret.Value}")));

    /// <exception cref="ApiRefusalException">The caller's token ended since it was checked.</exception>
    /// <exception cref="ApiUnavailableException">AuthServer does not answer, or cannot now.</exception>
    public async ValueTask<string> ForAsync(string token, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (cache.TryGetValue(key, out string? known))
        {
            return known!;
        }

        var exchanged = await ExchangeAsync(token, cancellationToken);
        var left = TimeSpan.FromSeconds(exchanged.ExpiresIn) - Margin;
        if (left > TimeSpan.Zero)
        {
            cache.Set(key, exchanged.AccessToken, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = left, Size = 1 });
        }

        return exchanged.AccessToken;
    }

    private async Task<ExchangedToken> ExchangeAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(TokenEndpoint, UriKind.Relative));
        request.Headers.Authorization = _authentication;
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [OpenIddictConstants.Parameters.GrantType] = OpenIddictConstants.GrantTypes.TokenExchange,
            [OpenIddictConstants.Parameters.SubjectToken] = token,
            [OpenIddictConstants.Parameters.SubjectTokenType] = OpenIddictConstants.TokenTypeIdentifiers.AccessToken,
            [OpenIddictConstants.Parameters.Resource] = origin.TasksApiAudience,
        });

        using var client = clients.CreateClient(ClientName);
        using var response = await ServiceCalls.SendAsync(client, request, ResourceNames.AuthServer, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await response.Content.ReadFromJsonAsync<ExchangedToken>(cancellationToken)
                ?? throw new JsonException("The answer to a token exchange is empty."),
            HttpStatusCode.BadRequest => throw ApiRefusalException.AccessEnded,
            var status => throw new InvalidOperationException($"AuthServer answered {(int)status} to a token exchange."),
        };
    }

    private sealed record ExchangedToken(
        [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] long ExpiresIn);
}
