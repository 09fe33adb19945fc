using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AppHost.Local;

namespace Taskmaster.AppHost;

/// <summary>
/// What an operator does by hand, as commands of AuthServer's resource in the dashboard.
/// Each runs AuthServer's own program with its environment and the command's name (docs/security-events.md).
/// </summary>
internal static class OperatorCommands
{
    private const string UserId = "user-id";

    public static IResourceBuilder<ProjectResource> WithOperatorCommands(this IResourceBuilder<ProjectResource> authServer) => authServer
        .WithOperatorCommand("rotate-keys", "Rotate the signing key", "Announces a new key, which signs later. What the old one signed still verifies.", "Key")
        .WithOperatorCommand("disable-user", "Disable a user", "Ends what the user and their applications have, at their next request.", "PersonProhibited", UserId)
        .WithOperatorCommand("enable-user", "Enable a user", "Lets a disabled user sign in again.", "PersonAvailable", UserId);

    private static IResourceBuilder<ProjectResource> WithOperatorCommand(
        this IResourceBuilder<ProjectResource> authServer, string name, string displayName, string description, string icon, params string[] inputs) =>
        authServer.WithProcessCommand(name, displayName, context => SpecifyAsync(authServer.Resource, name, inputs, context), new ProcessCommandOptions
        {
            Description = description,
            IconName = icon,
            ConfirmationMessage = inputs.Length > 0 ? $"{displayName}?" : null,
            Arguments = [.. inputs.Select(input => new InteractionInput { Name = input, Label = "User id", InputType = InputType.Text, Required = true, MaxLength = 36 })],
        });

    private static async ValueTask<ProcessCommandSpec> SpecifyAsync(
        ProjectResource authServer, string name, IReadOnlyList<string> inputs, ExecuteCommandContext context)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(authServer)
            .WithEnvironmentVariablesConfig()
            .BuildAsync(context.Services.GetRequiredService<DistributedApplicationExecutionContext>(), context.Logger, context.CancellationToken);
        return new ProcessCommandSpec(Programs.Dotnet)
        {
            Arguments = [BuiltProject.AssemblyOf(authServer.GetProjectMetadata()), name, .. inputs.Select(input => context.Arguments[input].Value ?? "")],
            EnvironmentVariables = configuration.EnvironmentVariables.ToDictionary(),
        };
    }
}
