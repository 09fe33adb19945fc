namespace Taskmaster.TasksApi.OpenApi;

/// <summary>What people read of each route. A route without its line here fails the description's test.</summary>
internal sealed record OperationTexts(string Tag, string Summary, string Description)
{
    private const string Tasks = "task";
    private const string Relationships = "task.relationship";
    private const string Projects = "project";
    private const string Views = "view";
    private const string Events = "event";
    private const string Admin = "admin.project";

    /// <summary>Tag → what it is about, in the order of the document.</summary>
    public static IReadOnlyList<(string Name, string Description)> Tags { get; } =
    [
        (Tasks, "What is to be done"),
        (Relationships, "How one task relates to another"),
        (Projects, "What tasks belong to"),
        (Views, "Filters of tasks that have a name"),
        (Events, "What changed, as it changes"),
        (Admin, "Every user's projects, for users who were granted the admin role"),
    ];

    public static IReadOnlyDictionary<string, OperationTexts> Of { get; } = new Dictionary<string, OperationTexts>
    {
        ["createTask"] = new(
            Tasks, "Create a new task", "Makes a task in one of your projects. Its status is `todo` unless you say otherwise."),
        ["listTasks"] = new(Tasks, "List your tasks", "Your tasks, oldest first unless `sort` says otherwise. Without `limit` and "
            + "`cursor` all of them, up to a bound; a `Link` header leads to the rest."),
        ["getTask"] = new(Tasks, "Get a task", "One of your tasks."),
        ["updateTask"] = new(Tasks, "Update a task", "Changes the fields that are named; the others stay."),
        ["patchTask"] = new(
            Tasks, "Change some of a task's fields", "The same as PUT: changes the fields that are named; the others stay."),
        ["bulkCreateTasks"] = new(
            Tasks, "Create up to 100 tasks", "Makes all of them in one transaction, or none and says what is wrong with each."),
        ["bulkUpdateTasks"] = new(
            Tasks, "Update up to 100 tasks", "Changes all of them in one transaction, or none and says what is wrong with each."),
        ["deleteTask"] = new(Tasks, "Delete a task", "Deletes the task and its relationships."),
        ["restoreTask"] = new(Tasks, "Bring back a deleted task", "Brings it back as it was, with its id and its relationships to tasks "
            + "that are still there, for a day after it was deleted. A task that is there is answered as it is."),
        ["listTaskChanges"] = new(Tasks, "List a task's changes", "When the task was created, changed, deleted and brought back, newest "
            + "first: the last 100 of seven days."),
        ["listRelatedTasks"] = new(Relationships, "List the tasks that a task is related to", "Relationships both ways, oldest first, each "
            + "with the other task. `outgoing`: the task has it to the other; `incoming`: the other to the task."),
        ["listTaskRelationships"] = new(
            Relationships, "List a task's relationships", "The relationships that the task has to others, oldest first."),
        ["createTaskRelationship"] = new(Relationships, "Relate a task to another", "Makes a relationship from the task to another of "
            + "yours. There is at most one from one task to another, and none from a task to itself."),
        ["updateTaskRelationship"] = new(Relationships, "Change a relationship's type", "Changes what the task is to the other."),
        ["patchTaskRelationship"] = new(Relationships, "Change a relationship's type", "The same as PUT."),
        ["deleteTaskRelationship"] = new(Relationships, "Delete a relationship", "Ends the relationship; both tasks stay."),
        ["createProject"] = new(Projects, "Create a new project", "Makes a project that tasks can belong to."),
        ["listProjects"] = new(Projects, "List your projects", "Your projects, oldest first unless `sort` says otherwise."),
        ["listProjectProgress"] = new(Projects, "Count your projects' tasks", "How many tasks of each project are open, in progress, done and canceled. "
            + "A project without tasks is not in it."),
        ["getProject"] = new(Projects, "Get a project", "One of your projects."),
        ["updateProject"] = new(Projects, "Update a project", "Changes the fields that are named; the others stay."),
        ["patchProject"] = new(
            Projects, "Change some of a project's fields", "The same as PUT: changes the fields that are named; the others stay."),
        ["deleteProject"] = new(Projects, "Delete a project", "Deletes the project with all its tasks."),
        ["listHistory"] = new(Events, "List your history", "What became of your tasks and projects, newest first, and what acted for you: "
            + "the last 100 of seven days."),
        ["listSavedViews"] = new(Views, "List your views", "The filters of tasks that you gave a name, oldest first."),
        ["saveView"] = new(Views, "Save a view", "Gives a name to filters of tasks. A name that is there is given to the new ones. "
            + "20 at most: one more is 409."),
        ["deleteSavedView"] = new(Views, "Delete a view", "Forgets the name; no task is changed."),
        ["streamEvents"] = new(Events, "Follow your changes", "Server-sent events of your tasks and projects, as they are created, "
            + "changed and deleted. `Last-Event-ID` goes on where a broken stream ended."),
        ["listChanges"] = new(Events, "List your changes", "The events of the stream as a page, 100 at most, for whoever asks now and then. "
            + "Without `after` there is none, and `next` is where to begin; the id of an event is a position, too."),
        ["listAdminProjects"] = new(Admin, "List every user's projects", "All projects, oldest first, for users who were granted the "
            + "admin role. No e-mail address grants it."),
    };
}
