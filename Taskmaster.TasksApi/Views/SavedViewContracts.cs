using System.Linq.Expressions;
using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Views;

internal sealed record SavedViewResponse(
    [property: Field("Its UUID, made by us", ExampleValues.ViewId)] Guid Id,
    [property: Field("What the view is called", "Website, in progress", MaxLength = SavedView.LabelMaxLength)] string Label,
    [property: Field(
        "The query of `GET /tasks` that lists what the view shows", "status=in_progress&q=website", MaxLength = SavedView.QueryMaxLength)]
    string Query,
    [property: Field("When it was created, UTC", ExampleValues.CreatedAt)] DateTime CreatedAt)
{
    public static Expression<Func<SavedView, SavedViewResponse>> Projection { get; } =
        view => new SavedViewResponse(view.Id, view.Label, view.Query, view.CreatedAt);

    public static SavedViewResponse Of(SavedView view) => new(view.Id, view.Label, view.Query, view.CreatedAt);
}

internal sealed record NewSavedView(string Label, string Query) : IRequestBody<NewSavedView>
{
    private const string QueryMessage =
        "query must be one of GET /api/tasks, with no more than project_id, status, open, q and sort, such as status=todo";

    public static NewSavedView Read(IBodyFields fields)
    {
        var label = fields.Name("label", SavedView.LabelMaxLength);
        var query = fields.Text("query", SavedView.QueryMaxLength);
        return new(label, query.Length == 0 || IsOfTasks(query) ? query : fields.Wrong("query", QueryMessage, ""));
    }

    private static bool IsOfTasks(string query)
    {
        if (query[0] is '?' or '/')
        {
            return false;
        }

        var parameters = QueryHelpers.ParseQuery(query);
        string? Value(string name) => parameters.Remove(name, out var value) ? value.ToString() : null;
        var (project, errors) = (Value("project_id"), new QueryFields());
        _ = TaskList.Of(new(null, Value("status"), Value("open"), null, Value("q"), Value("sort"), null, null), errors);
        return errors.Problem is null && (project is null || IdText.TryParse(project, out _)) && parameters.Count == 0;
    }
}
