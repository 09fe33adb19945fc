using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using OpenIddict.Abstractions;
using Taskmaster.Mcp.Tools;
using Taskmaster.Web.Api;

namespace Taskmaster.Tests.Architecture;

/// <summary>
/// Services know nothing of each other, so Web writes down again what the APIs behind it call things. These are the words that
/// no compiler would miss.
/// </summary>
public sealed class SharedWordsTests
{
    [Fact]
    public void Web_knows_every_status_of_a_task_as_the_API_spells_it() => Assert.Equal(
        Taskmaster.TasksApi.Data.WireName<Taskmaster.TasksApi.Tasks.TaskItemStatus>.All,
        TaskItemStatus.All);

    [Fact]
    public void Web_offers_every_access_to_tasks_that_an_application_can_be_registered_for() => Assert.Equal(
        Taskmaster.AuthServer.Clients.TasksAccess.All, TasksAccess.Options.Select(option => option.Key));

    [Fact]
    public void Web_names_the_types_of_clients_as_the_management_API_does() => Assert.Equal(
        (OpenIddictConstants.ClientTypes.Confidential, OpenIddictConstants.ClientTypes.Public),
        (ClientTypes.Confidential, ClientTypes.Public));

    [Fact]
    public void Web_lets_as_much_be_searched_for_as_the_API_takes() => Assert.Equal(
        Taskmaster.TasksApi.Requests.QueryFields.SearchMaxLength, TaskQuery.SearchMaxLength);

    [Fact]
    public void The_MCP_server_spells_statuses_and_types_of_relationships_as_the_API_does()
    {
        Assert.Equal(
            Taskmaster.TasksApi.Data.WireName<Taskmaster.TasksApi.Tasks.TaskItemStatus>.All, NamesOf<Taskmaster.Mcp.Api.TaskItemStatus>());
        Assert.Equal(
            Taskmaster.TasksApi.Data.WireName<Taskmaster.TasksApi.Relationships.RelationshipType>.All,
            NamesOf<Taskmaster.Mcp.Api.RelationshipType>());
    }

    [Fact]
    public void The_MCP_servers_tools_take_texts_as_long_as_the_API_does()
    {
        Assert.Equal(Taskmaster.TasksApi.Tasks.TaskItem.TitleMaxLength, LongestOf(nameof(TaskTools.CreateTaskAsync), "title"));
        Assert.Equal(Taskmaster.TasksApi.Tasks.TaskItem.DescriptionMaxLength, LongestOf(nameof(TaskTools.UpdateTaskAsync), "description"));
        Assert.Equal(Taskmaster.TasksApi.Requests.QueryFields.SearchMaxLength, LongestOf(nameof(TaskTools.SearchTasksAsync), "words"));
    }

    private static IEnumerable<string> NamesOf<T>() where T : struct, Enum =>
        Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

    private static int LongestOf(string tool, string parameter) => typeof(TaskTools).GetMethod(tool)!.GetParameters()
        .Single(candidate => candidate.Name == parameter)
        .GetCustomAttribute<StringLengthAttribute>()!.MaximumLength;
}
