using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TasksApi.Hosting;

/// <summary>One open stream of events. Waiting for an event lets the API's clock run.</summary>
public sealed class EventReader : IAsyncDisposable
{
    private readonly TasksApiHost _host;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventReader(TasksApiHost host, HttpResponseMessage response, Stream stream)
    {
        _host = host;
        _response = response;
        _items = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>The stream, after its first event, which says from where on.</summary>
    public static async Task<(EventReader Reader, SseItem<string> First)> OpenAsync(
        TasksApiHost host, HttpClient http, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var reader = new EventReader(host, response, await response.Content.ReadAsStreamAsync());
        return (reader, (await reader.AnyAsync())!.Value);
    }

    /// <summary>The next event, heartbeats included; null when the stream has ended.</summary>
    public async Task<SseItem<string>?> AnyAsync()
    {
        var next = _items.MoveNextAsync().AsTask();
        await TokenRedis.UntilAsync(() =>
        {
            _host.Clock.Advance(TimeSpan.FromMilliseconds(250));
            return Task.FromResult(next.IsCompleted);
        });
        return await next ? _items.Current : null;
    }

    /// <summary>The next change: its type, the id it is about, and the event's own id.</summary>
    public async Task<(string Type, string Subject, string Id, JsonNode Data)> NextAsync()
    {
        while (true)
        {
            var item = await AnyAsync();
            Assert.NotNull(item);
            if (item.Value.EventType != "heartbeat")
            {
                var data = JsonNode.Parse(item.Value.Data)!;
                return (item.Value.EventType, data["id"]!.GetValue<string>(), item.Value.EventId!, data);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await ValueTask.CompletedTask;
    }
}
