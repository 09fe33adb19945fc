using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AppHost.Local;

namespace Taskmaster.AppHost.Commands;

/// <summary>
/// A store's own command line in a terminal of the dashboard, signed in. The password goes by the environment, never by an argument.
/// </summary>
internal static class StoreShells
{
    public static IResourceBuilder<RedisResource> WithShell(this IResourceBuilder<RedisResource> redis) => redis.WithShell(
        "redis-cli",
        ["redis-cli", "valkey-cli"],
        redis.Resource.PrimaryEndpoint,
        (host, port) => ["-h", host, "-p", port],
        async (environment, cancellationToken) =>
            environment["REDISCLI_AUTH"] = await redis.Resource.PasswordParameter!.GetValueAsync(cancellationToken) ?? "");

    public static IResourceBuilder<PostgresServerResource> WithShell(this IResourceBuilder<PostgresServerResource> postgres) =>
        postgres.WithShell(
        "psql",
        ["psql"],
        postgres.Resource.PrimaryEndpoint,
        (host, port) => ["-h", host, "-p", port, "-U", "postgres"],
        async (environment, cancellationToken) =>
            environment["PGPASSWORD"] = await postgres.Resource.PasswordParameter.GetValueAsync(cancellationToken) ?? "");

    private static IResourceBuilder<T> WithShell<T>(
        this IResourceBuilder<T> store,
        string name,
        string[] programs,
        EndpointReference endpoint,
        Func<string, string, string[]> arguments,
        Func<IDictionary<string, string>, CancellationToken, Task> authenticateAsync)
        where T : IResource => store.WithCommand(name, $"Open {name}", async context =>
    {
        if (programs.Select(Programs.Find).FirstOrDefault(found => found is not null) is not { } program)
        {
            return CommandResults.Failure($"There is no {string.Join(" or ", programs)} on this machine. Install it, and try again.");
        }

        var options = new TerminalLaunchOptions { Title = name, Executable = program };
        foreach (var argument in arguments(endpoint.Host, endpoint.Port.ToString(CultureInfo.InvariantCulture)))
        {
            options.Arguments.Add(argument);
        }

        await authenticateAsync(options.EnvironmentVariables, context.CancellationToken);
        var terminal = context.Services.GetRequiredService<TerminalService>().CreateTerminal(options);
        terminal.Start();
        terminal.Show();
        return CommandResults.Success();
    }, new CommandOptions
    {
        Description = $"{name} in a terminal of this dashboard, signed in.",
        IconName = "WindowConsole",
        UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
            ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled,
    });
}
