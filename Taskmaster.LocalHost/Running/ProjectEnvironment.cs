using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.LocalHost.Running;

/// <summary>What every project finds in its environment, whichever host starts it.</summary>
internal static class ProjectEnvironment
{
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPIRE_LOGLEVEL"];

    private static readonly string[] NotInheritedPrefixes = ["DEBUG_SESSION", "DCP_"];

    public static void Set(EnvironmentCallbackContext context, ProjectResource project, LaunchProfile? profile, IDistributedApplicationBuilder builder)
    {
        var variables = context.EnvironmentVariables;

        var endpoints = project.Annotations.OfType<EndpointAnnotation>()
            .Select(endpoint => new EndpointReference(project, endpoint.Name))
            .ToList();
        if (endpoints.Count > 0)
        {
            variables["ASPNETCORE_URLS"] = string.Join(';', endpoints.Select(endpoint => endpoint.Url));
        }

        if (endpoints.FirstOrDefault(endpoint => endpoint.Scheme == Uri.UriSchemeHttps) is { } https)
        {
            variables["ASPNETCORE_HTTPS_PORT"] = https.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (profile is not null)
        {
            variables["DOTNET_LAUNCH_PROFILE"] = profile.Name;
        }

        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        Telemetry(variables, project.Name, builder.Environment.IsDevelopment());

        foreach (var (name, value) in profile?.Environment ?? new Dictionary<string, string>())
        {
            _ = variables.TryAdd(name, value);
        }
    }

    /// <summary>The AppHost's own environment, but for what describes the AppHost itself.</summary>
    public static bool IsInherited(string name) =>
        !NotInherited.Contains(name) && !NotInheritedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>There is no OTEL_EXPORTER_OTLP_ENDPOINT: nothing listens here, and exporters that retry hold up the services' end.</summary>
    private static void Telemetry(Dictionary<string, object> variables, string name, bool isDevelopment)
    {
        variables["OTEL_SERVICE_NAME"] = name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={name}-1";
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (!isDevelopment)
        {
            return;
        }

        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }
}
