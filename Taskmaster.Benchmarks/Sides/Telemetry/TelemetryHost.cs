namespace Taskmaster.Benchmarks.Sides.Telemetry;

/// <summary>Where the services export to (OTLP over HTTP): takes every export as a collector would, and counts.</summary>
internal static class TelemetryHost
{
    public static async Task<int> RunAsync(string port)
    {
        var builder = OwnProgram.NewBuilder(port);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();

        var counts = new TelemetryCounts();
        app.MapPost("/v1/{signal}", async http =>
        {
            using var export = new MemoryStream();
            await http.Request.Body.CopyToAsync(export);
            counts.Add((string)http.Request.RouteValues["signal"]!, export.GetBuffer().AsSpan(0, (int)export.Length));
            http.Response.ContentType = "application/x-protobuf";
        });
        app.MapGet(TelemetryReceiver.CountsPath, () => counts.Total);
        return await OwnProgram.RunAsync(app);
    }
}
