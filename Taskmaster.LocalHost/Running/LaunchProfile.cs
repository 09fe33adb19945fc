using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Taskmaster.LocalHost.Running;

/// <summary>A project's profile in Properties/launchSettings.json: where it listens and what environment it gets.</summary>
internal sealed record LaunchProfile(string Name, IReadOnlyList<EndpointAnnotation> Endpoints, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The profile the AppHost itself runs with, if the project has one of that name, else the project's first.</summary>
    public static LaunchProfile? Choose(string projectPath, IConfiguration configuration)
    {
        var wanted = configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"];
        return Choose(Path.GetDirectoryName(projectPath)!, wanted);
    }

    /// <summary>The profile of that name, else the first.</summary>
    public static LaunchProfile? Choose(string projectDirectory, string? wanted)
    {
        var profiles = Read(projectDirectory);
        return profiles.Find(profile => profile.Name == wanted) ?? profiles.Find(_ => true);
    }

    private static List<LaunchProfile> Read(string projectDirectory)
    {
        var file = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            return [.. settings.RootElement.GetProperty("profiles").EnumerateObject()
                .Where(profile => profile.Value.GetProperty("commandName").GetString() == "Project")
                .Select(Read)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            throw new DistributedApplicationException($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    private static LaunchProfile Read(JsonProperty profile)
    {
        var urls = profile.Value.TryGetProperty("applicationUrl", out var url) ? url.GetString() ?? "" : "";
        var variables = profile.Value.TryGetProperty("environmentVariables", out var environment)
            ? environment.EnumerateObject().ToDictionary(
                variable => variable.Name,
                variable => System.Environment.ExpandEnvironmentVariables(variable.Value.ToString()))
            : [];
        return new LaunchProfile(profile.Name, EndpointsOf(urls), variables);
    }

    /// <summary>Named for the scheme; a second of the same scheme is http2.</summary>
    private static List<EndpointAnnotation> EndpointsOf(string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => new Uri(url))
            .GroupBy(url => url.Scheme)
            .SelectMany(sameScheme => sameScheme.Index().Select(
                item => new EndpointAnnotation(item.Index == 0 ? item.Item.Scheme : $"{item.Item.Scheme}{item.Index + 1}", item.Item.Scheme, item.Item.Port)))];
}
