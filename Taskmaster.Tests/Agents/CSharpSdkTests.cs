using System.Web;
using ModelContextProtocol.Client;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Agents;

/// <summary>The C# SDK's client, unmodified: it knows the server's address and how to send its user somewhere.</summary>
[Collection(Stack.Collection)]
public sealed class CSharpSdkTests(Stack stack)
{
    [Fact]
    public async Task It_signs_its_user_in_makes_a_task_and_asks_for_more_when_it_needs_more()
    {
        using var user = stack.Browser();
        await user.SignUpAsync(Person.Named("Alice"));
        var asked = new List<string?>();
        await using var transport = new HttpClientTransport(new()
        {
            Endpoint = new Uri(stack.Issuer() + "/mcp"),
            OAuth = new()
            {
                RedirectUri = new Uri("http://localhost:1179/callback"),
                DynamicClientRegistration = new() { ClientName = "A program in C#" },
                AuthorizationCallbackHandler = async (context, _) =>
                {
                    asked.Add(HttpUtility.ParseQueryString(context.AuthorizationUri.Query)["scope"]);
                    await user.OpenAsync(context.AuthorizationUri.PathAndQuery);
                    if (user.HasButton("Allow"))
                    {
                        await user.SubmitAsync("Allow");
                    }

                    var answer = HttpUtility.ParseQueryString(user.Redirect!.Query);
                    return new() { Code = answer["code"]!, Iss = answer["iss"], State = answer["state"] };
                },
            },
        });

        await using var client = await McpClient.CreateAsync(transport);
        Assert.Contains(await client.ListToolsAsync(), tool => tool.Name == "create_task");
        var project = await client.CallToolAsync(
            "create_project", new Dictionary<string, object?> { ["name"] = "From C#", ["description"] = "By its SDK" });
        var task = await client.CallToolAsync("create_task", new Dictionary<string, object?>
        {
            ["title"] = "From C#",
            ["description"] = "By its SDK",
            ["project_id"] = project.StructuredContent!.Value.GetProperty("id").GetString(),
        });

        Assert.Equal("todo", task.StructuredContent!.Value.GetProperty("task").GetProperty("status").GetString());
        Assert.Equal(2, asked.Count);
        Assert.Contains("tasks:write", asked[1]!.Split(' '));
    }
}
