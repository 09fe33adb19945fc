using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.Mcp.Answers;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Mcp.Api;

/// <summary>The Tasks API, as the user and the client whose request is being answered.</summary>
/// <remarks>
/// Every method ends with an <see cref="ApiRefusalException"/> for what the API refuses, and with an
/// <see cref="ApiUnavailableException"/> where it cannot answer now.
/// </remarks>
internal sealed class TasksClient(HttpClient client)
{
    /// <summary>What a caller does not set is not sent: the API takes null for a value.</summary>
    private static readonly JsonSerializerOptions Bodies = new(McpJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Task<Page<TaskItem>> ListTasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        PageAsync<TaskItem>(query.Address, cancellationToken);

    public Task<Versioned<TaskItem>> GetTaskAsync(Guid id, CancellationToken cancellationToken) =>
        AskAsync<TaskItem>(HttpMethod.Get, TaskPath(id), body: null, version: null, cancellationToken);

    public Task<Versioned<TaskItem>> CreateTaskAsync(TaskChange task, CancellationToken cancellationToken) =>
        AskAsync<TaskItem>(HttpMethod.Post, "/api/tasks", task, version: null, cancellationToken);

    /// <param name="id">The task.</param>
    /// <param name="change">The fields to change.</param>
    /// <param name="version">The state it must be in; null changes whatever it is by now.</param>
    /// <param name="cancellationToken">Of the caller's request.</param>
    public Task<Versioned<TaskItem>> ChangeTaskAsync(Guid id, TaskChange change, string? version, CancellationToken cancellationToken) =>
        AskAsync<TaskItem>(HttpMethod.Patch, TaskPath(id), change, version, cancellationToken);

    /// <inheritdoc cref="ChangeTaskAsync"/>
    public async Task DeleteTaskAsync(Guid id, string? version, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, TaskPath(id), body: null, version, cancellationToken);
    }

    public Task<Versioned<TaskItem>> RestoreTaskAsync(Guid id, CancellationToken cancellationToken) =>
        AskAsync<TaskItem>(HttpMethod.Post, TaskPath(id) + "/restore", body: null, version: null, cancellationToken);

    public async Task<IReadOnlyList<RelatedTask>> ListRelatedAsync(Guid id, CancellationToken cancellationToken) =>
        (await AskAsync<List<RelatedTask>>(
            HttpMethod.Get, TaskPath(id) + "/related", body: null, version: null, cancellationToken)).Value;

    public async Task<Relationship> RelateAsync(Guid id, Guid target, RelationshipType type, CancellationToken cancellationToken) =>
        (await AskAsync<Relationship>(
            HttpMethod.Post, TaskPath(id) + "/relationships", new { TargetTaskId = target, Type = type }, version: null,
            cancellationToken)).Value;

    /// <param name="after">A position that the API gave; null asks where to begin.</param>
    /// <param name="cancellationToken">Of the caller's request.</param>
    public async Task<ChangePage> ListChangesAsync(string? after, CancellationToken cancellationToken) =>
        (await AskAsync<ChangePage>(
            HttpMethod.Get, QueryHelpers.AddQueryString("/api/changes", "after", after ?? ""), body: null, version: null,
            cancellationToken)).Value;

    public Task<Page<Project>> ListProjectsAsync(int limit, string? cursor, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string?> { ["limit"] = limit.ToString(CultureInfo.InvariantCulture), ["cursor"] = cursor };
        return PageAsync<Project>(QueryHelpers.AddQueryString("/api/projects", query), cancellationToken);
    }

    public async Task<Project> GetProjectAsync(Guid id, CancellationToken cancellationToken) =>
        (await AskAsync<Project>(HttpMethod.Get, $"/api/projects/{id}", body: null, version: null, cancellationToken)).Value;

    public async Task<Project> CreateProjectAsync(string name, string description, CancellationToken cancellationToken) =>
        (await AskAsync<Project>(
            HttpMethod.Post, "/api/projects", new { Name = name, Description = description }, version: null, cancellationToken)).Value;

    private async Task<Page<T>> PageAsync<T>(string address, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, address, body: null, version: null, cancellationToken);
        return new(await ReadAsync<List<T>>(response, cancellationToken), NextOf(response));
    }

    private async Task<Versioned<T>> AskAsync<T>(
        HttpMethod method, string path, object? body, string? version, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, body, version, cancellationToken);
        return new(await ReadAsync<T>(response, cancellationToken), response.Headers.ETag?.ToString());
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, string? version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: Bodies);
        }

        if (version is not null)
        {
            // No state has the empty tag: one that nobody gave out is like one that is not current any more.
            request.Headers.IfMatch.Add(EntityTagHeaderValue.TryParse(version, out var tag) ? tag : new("\"\""));
        }

        var response = await ServiceCalls.SendAsync(client, request, ResourceNames.TasksApi, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalOfAsync(response, cancellationToken);
        }
    }

    private static async Task<ApiRefusalException> RefusalOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity
            && await response.Content.ReadFromJsonAsync<ErrorBody>(McpJson.Options, cancellationToken) is { } error)
        {
            return new(response.StatusCode, error.Message ?? "Refused", error.Errors);
        }

        return new(
            response.StatusCode,
            string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}"));
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(McpJson.Options, cancellationToken)
        ?? throw new JsonException("The Tasks API answered with null.");

    /// <summary>The API sends one link, <c>&lt;/path?cursor=…&gt;; rel="next"</c>, or none (RFC 8288).</summary>
    private static string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) && links.Single().Split('<', '>') is [_, var address, ..]
            ? QueryHelpers.ParseQuery(address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..])["cursor"]
            : (string?)null;

    private static string TaskPath(Guid id) => $"/api/tasks/{id}";

    private sealed record ErrorBody(string? Message, Dictionary<string, string[]>? Errors);
}
