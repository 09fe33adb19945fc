using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AppHost.Local;

namespace Taskmaster.AppHost.Commands;

internal static class ServiceProgram
{
    /// <summary>The service's program as this build made it, in the environment that the running one has.</summary>
    public static async ValueTask<ProcessCommandSpec> SpecifyAsync(
        ProjectResource service, IReadOnlyList<string> arguments, ExecuteCommandContext context, string? standardInput = null)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(service)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(
                context.Services.GetRequiredService<DistributedApplicationExecutionContext>(), context.Logger, context.CancellationToken);
        return new ProcessCommandSpec(Programs.Dotnet)
        {
            Arguments = [BuiltProject.AssemblyOf(service.GetProjectMetadata()), .. arguments],
            StandardInputContent = standardInput,
            EnvironmentVariables = new Dictionary<string, string>(configuration.EnvironmentVariables)
            {
                // What the command says is all that is shown; in development each SQL statement would stand before it.
                ["Logging__Console__LogLevel__Default"] = "Error",
            },
        };
    }

    /// <summary>What the command wrote, on one line.</summary>
    public static string Said(ProcessCommandResultContext result) => string.Join(' ', result.Output.Select(line => line.Trim()));
}
