namespace Taskmaster.AppHost.Commands;

/// <summary>
/// What an operator does by hand, as commands of AuthServer's resource in the dashboard.
/// Each runs AuthServer's own program with its environment and the command's name (docs/security-events.md).
/// </summary>
internal static class OperatorCommands
{
    private static readonly InteractionInput UserId = Text("user-id", "User id", 36);
    private static readonly InteractionInput ClientId = Text("client-id", "Client id", 255);

    public static IResourceBuilder<ProjectResource> WithOperatorCommands(this IResourceBuilder<ProjectResource> authServer) => authServer
        .WithServiceCommand("rotate-keys", "Rotate the signing key", "Announces a new key, which signs later. What the old one signed "
            + "still verifies.", "Key")
        .WithServiceCommand("revoke-user-tokens", "Revoke a user's tokens", "Ends every token of the user, at its next request. Sign-ins "
            + "and consents stay.", "PersonDelete", UserId)
        .WithServiceCommand("revoke-client-tokens", "Revoke a client's tokens", "Ends every token of the client, at its next request. It "
            + "can ask for new ones.", "PlugDisconnected", ClientId)
        .WithServiceCommand("disable-user", "Disable a user", "Ends what the user and their applications have, at their next "
            + "request.", "PersonProhibited", UserId)
        .WithServiceCommand("enable-user", "Enable a user", "Lets a disabled user sign in again.", "PersonAvailable", UserId);

    /// <summary>
    /// A command that runs the service's own program, with its environment and these arguments: the command's name, then the inputs.
    /// Who asks for one that changes something confirms it.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithServiceCommand(
        this IResourceBuilder<ProjectResource> service, string name, string displayName, string description, string icon,
        params InteractionInput[] inputs) =>
        service.WithProcessCommand(
            name,
            displayName,
            context => ServiceProgram.SpecifyAsync(
                service.Resource, [name, .. inputs.Select(input => context.Arguments[input.Name].Value ?? "")], context),
            new ProcessCommandOptions
            {
                Description = description,
                IconName = icon,
                ConfirmationMessage = $"{displayName}?",
                Arguments = inputs,
                GetCommandResult = result => Task.FromResult(result.ExitCode == 0
                    ? CommandResults.Success(ServiceProgram.Said(result))
                    : CommandResults.Failure(ServiceProgram.Said(result))),
            });

    private static InteractionInput Text(string name, string label, int maxLength) =>
        new() { Name = name, Label = label, InputType = InputType.Text, Required = true, MaxLength = maxLength };
}
