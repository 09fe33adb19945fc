using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Taskmaster.AppHost.Commands;

namespace Taskmaster.AppHost;

/// <summary>What a developer wants at hand while trying Taskmaster. They belong to the demo account and exist where it does.</summary>
internal static class DemoCommands
{
    /// <summary>43 letters and digits carry 248 bits.</summary>
    private const int SecretLength = 43;

    private const string SecretAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Puts the demo account's project and tasks back as they were at the first start.</summary>
    public static IResourceBuilder<ProjectResource> WithDemoData(this IResourceBuilder<ProjectResource> tasksApi) =>
        tasksApi.WithServiceCommand("reset-demo", "Reset demo data", "Deletes all of the demo account's projects and tasks, and makes "
            + "the first ones again.", "ArrowReset");

    /// <summary>
    /// A token of the demo client, asked for as any client asks: at the public origin, by client credentials (RFC 6749 §4.4).
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithTestToken(
        this IResourceBuilder<ProjectResource> authServer, Demo demo, IResourceBuilder<ProjectResource> web) =>
        authServer.WithHttpCommand("/oauth2/token", "Issue a test token", commandName: "test-token", commandOptions: new HttpCommandOptions
        {
            Description = "A token of the demo client, which may read and write the demo account's tasks.",
            IconName = "TicketDiagonal",
            EndpointSelector = web.PublicEndpoint,
            ResultMode = HttpCommandResultMode.Json,
            PrepareRequest = context =>
            {
                var credentials = Encoding.UTF8.GetBytes($"{demo.ClientId}:{demo.ClientSecret}");
                context.Request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
                context.Request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
                return Task.CompletedTask;
            },
        });

    /// <summary>
    /// An application of the demo account's with a secret, shown once. The secret is made here and goes to AuthServer by standard
    /// input: what a command prints also reaches the resource's log.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithNewDemoClient(this IResourceBuilder<ProjectResource> authServer) =>
        authServer.WithProcessCommand(
            "new-demo-client",
            "New demo client",
            context => ServiceProgram.SpecifyAsync(
                authServer.Resource, ["new-demo-client"], context, RandomNumberGenerator.GetString(SecretAlphabet, SecretLength)),
            new ProcessCommandOptions
            {
                Description = "Registers another application of the demo account, and shows its id and secret once.",
                IconName = "PlugConnectedAdd",
                GetCommandResult = result => Task.FromResult(ShowClient(result)),
            });

    private static ExecuteCommandResult ShowClient(ProcessCommandResultContext result) => result.ExitCode == 0
        ? CommandResults.Success("The client is registered. Its secret is not shown again.", new CommandResultData
        {
            Value = JsonSerializer.Serialize(
                new { client_id = result.Output[^1], client_secret = result.ProcessCommandSpec.StandardInputContent }),
            Format = CommandResultFormat.Json,
            DisplayImmediately = true,
        })
        : CommandResults.Failure(ServiceProgram.Said(result));
}
