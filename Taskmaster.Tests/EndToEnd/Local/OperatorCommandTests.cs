using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Web;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Clients;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What the dashboard and the command line offer on the resources.</summary>
[Collection(Stack.Collection)]
public sealed class OperatorCommandTests(Stack stack)
{
    [Fact]
    public async Task The_signing_key_is_rotated_from_the_dashboard()
    {
        var result = await RunAsync(ResourceNames.AuthServer, "rotate-keys");

        AssertDone(result);
        Assert.Matches("^A new signing key is announced. It signs from [0-9: -]+Z on.$", result.Message);
    }

    [Fact]
    public async Task A_command_that_AuthServer_does_not_carry_out_is_told_as_failed()
    {
        var result = await RunAsync(ResourceNames.AuthServer, "enable-user", ("user-id", "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2c"));

        Assert.False(result.Success);
        Assert.StartsWith("There is no such user.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_of_a_client_may_be_as_long_as_ids_are()
    {
        var model = stack.App.Services.GetRequiredService<DistributedApplicationModel>();
        var command = model.Resources.Single(resource => resource.Name == ResourceNames.AuthServer)
            .Annotations.OfType<ResourceCommandAnnotation>().Single(command => command.Name == "revoke-client-tokens");

        Assert.Equal(ClientConfiguration.ClientIdMaxLength, Assert.Single(command.Arguments).MaxLength);
    }

    [Fact]
    public async Task A_test_token_reads_the_demo_accounts_tasks_until_its_clients_tokens_are_revoked()
    {
        var client = await NewClientAsync();
        var token = await TokenOfAsync(client);
        Assert.Equal(HttpStatusCode.OK, await GetTasksAsync(token));
        var other = AssertDone(await RunAsync(ResourceNames.AuthServer, "test-token"))["access_token"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, await GetTasksAsync(other));

        AssertDone(await RunAsync(ResourceNames.AuthServer, "revoke-client-tokens", ("client-id", client.ClientId)));

        Assert.Equal(HttpStatusCode.Unauthorized, await GetTasksAsync(token));
        Assert.Equal(HttpStatusCode.OK, await GetTasksAsync(other));
        Assert.Equal(HttpStatusCode.OK, await GetTasksAsync(await TokenOfAsync(client)));
    }

    [Fact]
    public async Task A_new_demo_client_is_in_the_audit_trail_and_its_secret_is_shown_once_and_logged_nowhere()
    {
        var client = await NewClientAsync();

        await using var database = await stack.OpenAsync(ResourceNames.AuthDb);
        await using var select = new Npgsql.NpgsqlCommand(
            "select type from audit_events where client_id = $1", database)
        { Parameters = { new() { Value = client.ClientId } } };
        Assert.Equal("client_created", await select.ExecuteScalarAsync());

        Assert.Equal(HttpStatusCode.OK, await GetTasksAsync(await TokenOfAsync(client)));
        Assert.DoesNotContain(
            client.Secret, await ResourceReport.LogOfAsync(stack.App, ResourceNames.AuthServer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tokens_of_a_user_are_revoked_with_every_client()
    {
        var person = Person.Named("Alice");
        using var browser = new Browser(stack.PublicOrigin);
        await browser.SignUpAsync(person);
        var client = await browser.RegisterClientAsync("Backup", "https://backup.example/callback");
        await browser.OpenAsync(client.AuthorizeUrl());
        await browser.SubmitAsync("Allow");
        var token = (await client.RedeemAsync(HttpUtility.ParseQueryString(browser.Redirect!.Query)["code"]!)).AccessToken;
        Assert.Equal(HttpStatusCode.OK, await GetTasksAsync(token));
        await using var database = await stack.OpenAsync(ResourceNames.AuthDb);
        await using var select = new Npgsql.NpgsqlCommand(
            "select id::text from users where email = $1", database)
        { Parameters = { new() { Value = person.Email } } };
        var id = (string)(await select.ExecuteScalarAsync())!;

        AssertDone(await RunAsync(ResourceNames.AuthServer, "revoke-user-tokens", ("user-id", id)));

        Assert.Equal(HttpStatusCode.Unauthorized, await GetTasksAsync(token));
        await browser.OpenAsync("/projects");
        Assert.Equal("/projects", browser.Location.AbsolutePath);
    }

    [Fact]
    public async Task The_demo_data_is_put_back_as_it_was_at_the_first_start()
    {
        var token = AssertDone(await RunAsync(ResourceNames.AuthServer, "test-token"))["access_token"]!.GetValue<string>();
        using var api = stack.CreateClient();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var another = await api.PostAsync("/api/projects", new StringContent(
            """{"name":"Not of the demo","description":"Gone after the reset"}""", new MediaTypeHeaderValue("application/json")));
        Assert.True(another.StatusCode == HttpStatusCode.Created, await another.Content.ReadAsStringAsync());

        AssertDone(await RunAsync(ResourceNames.TasksApi, "reset-demo"));

        var projects = JsonNode.Parse(await api.GetStringAsync("/api/projects"))!.AsArray();
        Assert.Equal(["Website Redesign"], projects.Select(project => project!["name"]!.GetValue<string>()));
        var tasks = JsonNode.Parse(await api.GetStringAsync("/api/tasks"))!.AsArray();
        Assert.Equal(["done", "in_progress", "todo"], tasks.Select(task => task!["status"]!.GetValue<string>()).Order());
    }

    private Task<ExecuteCommandResult> RunAsync(string resource, string command, params (string Name, string Value)[] arguments) =>
        stack.App.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(
            resource, command, new InteractionInputCollection(
            [.. arguments.Select(
                argument => new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })]));

    /// <summary>Gives what the command showed, where that is JSON.</summary>
    private static JsonNode AssertDone(ExecuteCommandResult result)
    {
        Assert.True(result.Success, $"{result.Message} {result.Data?.Value}");
        return result.Data is { Format: CommandResultFormat.Json, Value: var json } ? JsonNode.Parse(json)! : new JsonObject();
    }

    private async Task<RegisteredClient> NewClientAsync()
    {
        var shown = AssertDone(await RunAsync(ResourceNames.AuthServer, "new-demo-client"));
        return new RegisteredClient(
            stack.PublicOrigin, shown["client_id"]!.GetValue<string>(), shown["client_secret"]!.GetValue<string>(), null);
    }

    private static async Task<string> TokenOfAsync(RegisteredClient client) => (await client.ClientCredentialsAsync()).AccessToken;

    private async Task<HttpStatusCode> GetTasksAsync(string token)
    {
        using var http = stack.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.GetAsync("/api/tasks");
        return answer.StatusCode;
    }
}
