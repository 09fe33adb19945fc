using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Taskmaster.Web.Api;

/// <summary>JSON as the services speak it, and the one place that reads their refusals.</summary>
internal static class ServiceJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static async Task<T> ListAsync<T>(this HttpClient client, string path, CancellationToken cancellationToken) where T : class
    {
        var answer = await client.AskAsync<T>(HttpMethod.Get, path, body: null, cancellationToken);
        return answer.Value ?? throw new InvalidOperationException($"GET {path} was refused: {answer.Refusal?.Message}");
    }

    /// <summary>One page of a list, and from its <c>Link</c> header (RFC 8288) the cursor to the next.</summary>
    public static async Task<Answer<ListPage<T>>> AskPageAsync<T>(this HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return new(null, await ReadRefusalAsync(response, cancellationToken));
        }

        var items = await response.Content.ReadFromJsonAsync<List<T>>(_options, cancellationToken) ?? [];
        return new(new(items, NextOf(response)), null);
    }

    public static async Task<Answer<T>> AskAsync<T>(
        this HttpClient client, HttpMethod method, string path, object? body, CancellationToken cancellationToken) where T : class
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: _options);

        using var response = await client.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return new(await response.Content.ReadFromJsonAsync<T>(_options, cancellationToken), null);
        }

        return new(null, await ReadRefusalAsync(response, cancellationToken));
    }

    /// <returns>Null when it is done.</returns>
    public static async Task<Refusal?> DoAsync(this HttpClient client, HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? null : await ReadRefusalAsync(response, cancellationToken);
    }

    /// <summary>The services send one link, <c>&lt;/path?cursor=…&gt;; rel="next"</c>, or none.</summary>
    private static string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(HeaderNames.Link, out var links) && links.Single().Split('<', '>') is [_, var address, ..]
            ? QueryHelpers.ParseQuery(address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..])["cursor"]
            : (string?)null;

    private static async Task<Refusal> ReadRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity))
        {
            return new(response.StatusCode, response.ReasonPhrase ?? "Refused", new Dictionary<string, string[]>());
        }

        var problem = await response.Content.ReadFromJsonAsync<ErrorBody>(_options, cancellationToken);
        return new(response.StatusCode, problem?.Message ?? "Refused", problem?.Errors ?? []);
    }

    private sealed record ErrorBody(string? Message, Dictionary<string, string[]>? Errors);
}
