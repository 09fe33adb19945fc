using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Taskmaster.ServiceDefaults;

/// <summary>Traces, metrics and logs, exported over OTLP when the host names an endpoint to send them to.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Disabled = "OTEL_SDK_DISABLED";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
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
                .AddMeter("Taskmaster.*"))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation(options => options.Filter = context =>
                    !context.Request.Path.StartsWithSegments(Health.ReadyPath)
                    && !context.Request.Path.StartsWithSegments(Health.LivePath))
                .AddHttpClientInstrumentation()
                .AddNpgsql()
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
