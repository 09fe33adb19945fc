using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Traces, metrics and logs, exported over OTLP when the host names an endpoint to send them to (docs/telemetry.md). A log line
/// that a request writes carries the ids of its trace and span.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Disabled = "OTEL_SDK_DISABLED";

    // Our own sources of spans and meters, whose names all begin so.
    private const string Own = "Taskmaster.*";

    // Switches off what Aspire's client would add, an instrumentation by StackExchange.Redis' profiler: its spans are in traces
    // of their own where commands are sent in a batch, come seconds late and do not say that a command failed. Ours do
    // (RedisCommands and the token store), and both together would show each command twice.
    private const string RedisProfiler = "Aspire:StackExchange:Redis:DisableTracing";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Configuration[RedisProfiler] = "true";

        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
        {
            // Collecting for nobody would cost every request; an exporter would hold up every shutdown while it retries.
            // The setting also reaches the parts that client packages add.
            builder.Configuration[Disabled] = "true";
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddNpgsqlInstrumentation()
                .AddMeter(Own))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation(options => options.Filter = context =>
                    !context.Request.Path.StartsWithSegments(Health.ReadyPath)
                    && !context.Request.Path.StartsWithSegments(Health.LivePath))
                .AddHttpClientInstrumentation()
                .AddNpgsql()
                .AddSource(Own)
                .AddProcessor(new QueryStringsStayOut()))
            .UseOtlpExporter();
    }

    /// <summary>
    /// Removes query strings from spans. Authorization codes and states travel in them, and a development host may
    /// switch OpenTelemetry's own redaction off.
    /// </summary>
    private sealed class QueryStringsStayOut : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            data.SetTag("url.query", null);

            if (data.GetTagItem("url.full") is string url && url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
            {
                data.SetTag("url.full", url[..query]);
            }
        }
    }
}
