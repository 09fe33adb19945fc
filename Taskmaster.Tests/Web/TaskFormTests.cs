using System.Reflection;
using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Tasks;

namespace Taskmaster.Tests.Web;

/// <summary>Web's forms leave out no field that a task has at the API (docs/how-to-add.md).</summary>
public sealed class TaskFormTests
{
    [Fact]
    public void Web_reads_every_field_that_the_API_answers_with() => Assert.Equal(
        FieldsOf(typeof(TaskResponse)).Where(name => name != nameof(TaskResponse.CreatedBy)),
        FieldsOf(typeof(Taskmaster.Web.Api.TaskItem)));

    [Fact]
    public void Web_sends_every_field_that_a_task_is_created_or_changed_with()
    {
        Assert.Equal(FieldsOf(typeof(NewTask)), FieldsOf(typeof(TaskFields)));
        Assert.Equal(FieldsOf(typeof(TaskChanges)), FieldsOf(typeof(TaskFields)));
    }

    [Fact]
    public void Every_field_has_its_control_is_filled_in_and_is_compared()
    {
        var controls = SourceOf("_TaskFields.cshtml");
        var form = SourceOf("TaskFormModel.cs");

        Assert.All(FieldsOf(typeof(TaskFields)), name =>
        {
            Assert.NotNull(typeof(TaskFormModel).GetProperty(name));
            Assert.Contains($"(\"{name}\", ", controls, StringComparison.Ordinal);
            Assert.Contains($"task.{name}", form, StringComparison.Ordinal);
            Assert.Contains($"saved.{name}", form, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<string> FieldsOf(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: false))
        .Select(property => property.Name)
        .Order();

    private static string SourceOf(string file) =>
        File.ReadAllText(Path.Combine(Repository.Root, "Taskmaster.Web", "Pages", "Tasks", file));
}
