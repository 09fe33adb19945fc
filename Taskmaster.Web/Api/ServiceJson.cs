using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Api;

/// <summary>JSON as the services speak it, and the one place that reads their refusals.</summary>
internal static class ServiceJson
{
    /// <summary>With <see cref="Pause"/> a second and a half, in which the service answers the first of two clicks.</summary>
    private const int MostAttempts = 15;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
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

        var items = await response.Content.ReadFromJsonAsync<List<T>>(Options, cancellationToken) ?? [];
        return new(new(items, NextOf(response)), null);
    }

    public static async Task<Answer<T>> AskAsync<T>(
        this HttpClient client, HttpMethod method, string path, object? body, CancellationToken cancellationToken) where T : class
    {
        using var request = RequestOf(method, path, body);
        return await client.AskAsync<T>(request, cancellationToken);
    }

    /// <summary>A change that is made only to the state the user saw (RFC 9110 §13.1.1).</summary>
    public static async Task<Answer<T>> ChangeAsync<T>(
        this HttpClient client, string path, object body, string? version, CancellationToken cancellationToken) where T : class
    {
        using var request = RequestOf(HttpMethod.Put, path, body);
        request.Headers.IfMatch.Add(TagOf(version));
        return await client.AskAsync<T>(request, cancellationToken);
    }

    /// <summary>A creation that is done once, however often the same form is sent: by a double click, or again after an outage.</summary>
    /// <param name="client">The service.</param>
    /// <param name="path">Where it is created.</param>
    /// <param name="body">Its fields.</param>
    /// <param name="form">Tells this form from any other; null where nothing does.</param>
    /// <param name="cancellationToken">Of the user's request.</param>
    /// <exception cref="ServiceUnavailableException">The same form is being processed for longer than anybody would wait.</exception>
    public static async Task<Answer<T>> CreateAsync<T>(
        this HttpClient client, string path, object body, string? form, CancellationToken cancellationToken) where T : class
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            using var request = RequestOf(HttpMethod.Post, path, body);
            if (form is not null)
            {
                // What was typed is part of the key: a form that was corrected and sent again is another request.
                var sent = Encoding.UTF8.GetBytes(form + JsonSerializer.Serialize(body, body.GetType(), Options));
                request.Headers.Add("Idempotency-Key", Convert.ToHexStringLower(SHA256.HashData(sent)));
            }

            var answer = await client.AskAsync<T>(request, cancellationToken);
            if (answer.Refusal?.Status != HttpStatusCode.Conflict)
            {
                return answer;
            }

            // The same form is being processed: the browser shows the answer to the second of two clicks.
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        throw new ServiceUnavailableException(ResourceNames.TasksApi);
    }

    /// <returns>Null when it is done.</returns>
    public static async Task<Refusal?> DoAsync(this HttpClient client, HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = RequestOf(method, path);
        return await client.DoAsync(request, cancellationToken);
    }

    /// <summary>A deletion of the state the user saw, and of no other (RFC 9110 §13.1.1).</summary>
    /// <returns>Null when it is done.</returns>
    public static async Task<Refusal?> DeleteAsync(
        this HttpClient client, string path, string? version, CancellationToken cancellationToken)
    {
        using var request = RequestOf(HttpMethod.Delete, path);
        request.Headers.IfMatch.Add(TagOf(version));
        return await client.DoAsync(request, cancellationToken);
    }

    private static async Task<Answer<T>> AskAsync<T>(
        this HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken) where T : class
    {
        using var response = await client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? new(await response.Content.ReadFromJsonAsync<T>(Options, cancellationToken), null)
            {
                Version = response.Headers.ETag?.ToString(),
            }
            : new(null, await ReadRefusalAsync(response, cancellationToken));
    }

    private static async Task<Refusal?> DoAsync(this HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? null : await ReadRefusalAsync(response, cancellationToken);
    }

    private static HttpRequestMessage RequestOf(HttpMethod method, string path, object? body = null) => new(method, path)
    {
        Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Options),
    };

    /// <summary>From a form, which can have lost or changed it: no state has the empty tag, so that the user sees what is saved.</summary>
    private static EntityTagHeaderValue TagOf(string? version) =>
        EntityTagHeaderValue.TryParse(version, out var tag) ? tag : new("\"\"");

    /// <summary>The services send one link, <c>&lt;/path?cursor=…&gt;; rel="next"</c>, or none.</summary>
    private static string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) && links.Single().Split('<', '>') is [_, var address, ..]
            ? QueryHelpers.ParseQuery(address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..])["cursor"]
            : (string?)null;

    private static async Task<Refusal> ReadRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            or HttpStatusCode.UnprocessableEntity))
        {
            return new(response.StatusCode, response.ReasonPhrase ?? "Refused", new Dictionary<string, string[]>());
        }

        var problem = await response.Content.ReadFromJsonAsync<ErrorBody>(Options, cancellationToken);
        return new(response.StatusCode, problem?.Message ?? "Refused", problem?.Errors ?? []);
    }

    private sealed record ErrorBody(string? Message, Dictionary<string, string[]>? Errors);
}
