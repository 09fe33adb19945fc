using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Taskmaster.ServiceDefaults;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What a service finds in its environment is what Aspire 13.5.2 gives it.</summary>
[Collection(Stack.Collection)]
public sealed class EnvironmentTests(Stack stack)
{
    [Fact]
    public async Task A_service_gets_the_environment_that_Aspire_would_give_it()
    {
        var environment = EnvironmentOf(ResourceNames.TasksApi);
        var tasksDb = await stack.ConnectionStringOf(ResourceNames.TasksDb);
        var parts = new NpgsqlConnectionStringBuilder(tasksDb);
        var port = parts.Port.ToString(CultureInfo.InvariantCulture);
        var password = Uri.EscapeDataString(parts.Password!);

        Assert.Multiple(
            () => Is("ASPNETCORE_ENVIRONMENT", "Development"),
            () => Is("ASPNETCORE_URLS", Url(ResourceNames.TasksApi)),
            () => Is("DOTNET_LAUNCH_PROFILE", "http"),
            () => Is("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true"),
            () => Is("LOGGING__CONSOLE__FORMATTERNAME", "simple"),
            () => Is("OTEL_SERVICE_NAME", "tasksapi"),
            () => Is("OTEL_TRACES_SAMPLER", "always_on"),
            () => Is("OTEL_BSP_SCHEDULE_DELAY", "1000"),
            () => Is("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"),
            () => Is("ConnectionStrings__tasksdb", tasksDb),
            () => Is("TASKSDB_HOST", "localhost"),
            () => Is("TASKSDB_PORT", port),
            () => Is("TASKSDB_USERNAME", "postgres"),
            () => Is("TASKSDB_PASSWORD", parts.Password!),
            () => Is("TASKSDB_DATABASENAME", "tasksdb"),
            () => Is("TASKSDB_URI", $"postgresql://postgres:{password}@localhost:{port}/tasksdb"),
            () => Is("TASKSDB_JDBCCONNECTIONSTRING", $"jdbc:postgresql://localhost:{port}/tasksdb"),
            () => Is("Taskmaster__PublicOrigin", Url(ResourceNames.Web)));
        Assert.Equal($"Host=localhost;Port={port};Username=postgres;Password={parts.Password};Database=tasksdb", tasksDb);
        Assert.Equal(await stack.ConnectionStringOf(ResourceNames.Redis), environment["ConnectionStrings__redis"]);
        Assert.Matches("^localhost:[0-9]+,password=[A-Za-z0-9]{22}$", environment["ConnectionStrings__redis"]);
        Assert.Equal(environment["ConnectionStrings__redis"], $"localhost:{environment["REDIS_PORT"]},password={environment["REDIS_PASSWORD"]}");
        Assert.Equal(environment["REDIS_URI"], $"redis://:{environment["REDIS_PASSWORD"]}@{environment["REDIS_HOST"]}:{environment["REDIS_PORT"]}");
        Assert.False(environment.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.False(environment.ContainsKey("WebClient__Secret"));

        void Is(string name, string value) => Assert.Equal($"{name}={value}", $"{name}={environment.GetValueOrDefault(name)}");
    }

    [Fact]
    public void A_referenced_service_is_found_by_service_discovery()
    {
        var environment = EnvironmentOf(ResourceNames.Web);

        Assert.Equal(Url(ResourceNames.AuthServer), environment["services__authserver__http__0"]);
        Assert.Equal(Url(ResourceNames.AuthServer), environment["AUTHSERVER_HTTP"]);
        Assert.Equal(Url(ResourceNames.TasksApi), environment["services__tasksapi__http__0"]);
        Assert.Equal(Url(ResourceNames.TasksApi), environment["TASKSAPI_HTTP"]);
    }

    private string Url(string resource) => stack.EndpointOf(resource).GetLeftPart(UriPartial.Authority);

    private Dictionary<string, string> EnvironmentOf(string service) => Process.GetProcessesByName("dotnet")
        .Select(process => HostProcess.EnvironmentOf(process.Id)
            .Select(variable => variable.Split('=', 2))
            .ToDictionary(variable => variable[0], variable => variable.Length > 1 ? variable[1] : "", StringComparer.Ordinal))
        .Single(environment => environment.GetValueOrDefault("ASPNETCORE_URLS") == Url(service));
}
