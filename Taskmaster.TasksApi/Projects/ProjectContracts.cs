using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Projects;

internal sealed record ProjectResponse(
    [property: Field("Its UUID, made by us", ExampleValues.ProjectId)] Guid Id,
    [property: Field("What the project is called", "Website Redesign", MaxLength = Project.NameMaxLength)] string Name,
    [property: Field(
        "What it is about", "Complete redesign of the company website with modern UI/UX", MaxLength = Project.DescriptionMaxLength)]
    string Description,
    [property: Field("Id of the user it belongs to", ExampleValues.UserId)] Guid CreatedBy,
    [property: Field("When it was created, UTC", ExampleValues.CreatedAt)] DateTime CreatedAt,
    [property: Field("When it was last changed, UTC", ExampleValues.UpdatedAt)] DateTime UpdatedAt,
    [property: JsonIgnore] int Version) : IVersioned
{
    public static Expression<Func<Project, ProjectResponse>> Projection { get; } = project => new ProjectResponse(
        project.Id, project.Name, project.Description, project.OwnerId, project.CreatedAt, project.UpdatedAt, project.Version);

    public static ProjectResponse Of(Project project) => new(
        project.Id, project.Name, project.Description, project.OwnerId, project.CreatedAt, project.UpdatedAt, project.Version);
}

internal sealed record NewProject(string Name, string Description) : IRequestBody<NewProject>
{
    public static NewProject Read(IBodyFields fields) => new(
        fields.Name("name", Project.NameMaxLength),
        fields.Text("description", Project.DescriptionMaxLength));
}

internal sealed record ProjectChanges(string? Name, string? Description) : IRequestBody<ProjectChanges>
{
    public static ProjectChanges Read(IBodyFields fields)
    {
        fields.RequireAny("name", "description");
        return new(
            fields.OptionalName("name", Project.NameMaxLength),
            fields.OptionalText("description", Project.DescriptionMaxLength));
    }
}
