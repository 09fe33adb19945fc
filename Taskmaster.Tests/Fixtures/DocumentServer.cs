using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A website of this machine that publishes metadata documents, and counts who asks for them.</summary>
public sealed class DocumentServer : IAsyncDisposable
{
    public const string Callback = "https://agent.example/callback";

    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = new();
    private readonly ConcurrentQueue<(string Path, string? IfNoneMatch)> _received = [];
    private readonly WebApplication _app;
    private int _documents;

    private DocumentServer(WebApplication app) => _app = app;

    public string Origin => _app.Urls.Single();

    public static async Task<DocumentServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new DocumentServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>An address for a document of its own.</summary>
    public string NewAddress() => $"{Origin}/clients/{Interlocked.Increment(ref _documents)}.json";

    /// <summary>What each request for the address gets from now on.</summary>
    public void Answer(string address, RequestDelegate answer) => _pages[new Uri(address).AbsolutePath] = answer;

    public void Answer(string address, int status) => Answer(address, context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public void Publish(
        string address, JsonNode document, string? cacheControl = null, string? entityTag = null,
        string contentType = "application/json") =>
        Answer(address, context =>
        {
            context.Response.Headers.CacheControl = cacheControl;
            context.Response.Headers.ETag = entityTag;
            if (entityTag is not null && context.Request.Headers.IfNoneMatch == entityTag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(document.ToJsonString());
        });

    /// <summary>A document of a public client at an address of its own; a member given replaces ours, and null leaves it out.</summary>
    public string PublishNew(params (string Name, JsonNode? Value)[] members)
    {
        var address = NewAddress();
        Publish(address, Document(address, members));
        return address;
    }

    public static JsonObject Document(string address, params (string Name, JsonNode? Value)[] members)
    {
        var document = new JsonObject
        {
            ["client_id"] = address,
            ["client_name"] = "Example Agent",
            ["redirect_uris"] = new JsonArray(Callback),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["token_endpoint_auth_method"] = "none",
        };
        foreach (var (name, value) in members)
        {
            _ = value is null ? document.Remove(name) : (document[name] = value) is null;
        }

        return document;
    }

    public int FetchesOf(string address) => _received.Count(request => request.Path == new Uri(address).AbsolutePath);

    /// <summary>The entity tags that requests for the address named.</summary>
    public IReadOnlyList<string?> TagsSentFor(string address) =>
        [.. _received.Where(request => request.Path == new Uri(address).AbsolutePath).Select(request => request.IfNoneMatch)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        _received.Enqueue((context.Request.Path, context.Request.Headers.IfNoneMatch));
        if (_pages.TryGetValue(context.Request.Path, out var page))
        {
            return page(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
