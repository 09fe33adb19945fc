using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// Where servers export to (OTLP over HTTP). Hands on each export as text, for strings are legible in protobuf, after the
/// path that says of what it is: <c>/v1/traces</c>, <c>/v1/metrics</c> or <c>/v1/logs</c>.
/// </summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TelemetryReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<TelemetryReceiver> StartAsync(Action<string, string> read)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
            read(context.Request.Path, await reader.ReadToEndAsync());
            context.Response.ContentType = "application/x-protobuf";
            await context.Response.CompleteAsync();
        });
        await app.StartAsync();
        return new TelemetryReceiver(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
