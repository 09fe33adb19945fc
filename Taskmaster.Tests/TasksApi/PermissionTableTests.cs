using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.TasksApi.Hosting;
using static System.Net.HttpStatusCode;

namespace Taskmaster.Tests.TasksApi;

/// <summary>Every route × every kind of caller → status. A route that is added and not written down here fails the first test.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class PermissionTableTests(TasksApiHost host)
{
    private static readonly IReadOnlyList<Row> Table =
    [
        //                                                                       owner      somebody   read scope write      admin
        //                                                                                  else                  scope
        new("POST /api/tasks", Things.NewTask,                                   Created,   BadRequest,Forbidden, Created,   BadRequest),
        new("GET /api/tasks", null,                                              OK,        OK,        OK,        Forbidden, OK),
        new("GET /api/tasks/{id}", null,                                         OK,        NotFound,  OK,        Forbidden, NotFound),
        new("PUT /api/tasks/{id}", Things.TaskChange,                            OK,        NotFound,  Forbidden, OK,        NotFound),
        new("PATCH /api/tasks/{id}", Things.TaskChange,                          OK,        NotFound,  Forbidden, OK,        NotFound),
        new("POST /api/tasks/bulk", Things.NewTasks,                             Created,   BadRequest,Forbidden, Created,   BadRequest),
        new("PATCH /api/tasks/bulk", Things.TaskChanges,                         OK,        NotFound,  Forbidden, OK,        NotFound),
        new("DELETE /api/tasks/{id}", null,                                      NoContent, NotFound,  Forbidden, NoContent, NotFound),
        new("POST /api/tasks/{id}/restore", null,                                OK,        NotFound,  Forbidden, OK,        NotFound),
        new("GET /api/tasks/{task_id}/changes", null,                            OK,        NotFound,  OK,        Forbidden, NotFound),
        new("GET /api/tasks/{task_id}/related", null,                            OK,        NotFound,  OK,        Forbidden, NotFound),
        new("GET /api/tasks/{task_id}/relationships", null,                      OK,        NotFound,  OK,        Forbidden, NotFound),
        new("POST /api/tasks/{task_id}/relationships", Things.NewRelationship,   Created,   NotFound,  Forbidden, Created,   NotFound),
        new("PUT /api/tasks/{task_id}/relationships/{relationship_id}", Things.RelationshipChange,
                                                                                 OK,        NotFound,  Forbidden, OK,        NotFound),
        new("PATCH /api/tasks/{task_id}/relationships/{relationship_id}", Things.RelationshipChange,
                                                                                 OK,        NotFound,  Forbidden, OK,        NotFound),
        new("DELETE /api/tasks/{task_id}/relationships/{relationship_id}", null, NoContent, NotFound,  Forbidden, NoContent, NotFound),
        new("POST /api/projects", Things.NewProject,                             Created,   Created,   Forbidden, Created,   Created),
        new("GET /api/projects", null,                                           OK,        OK,        OK,        Forbidden, OK),
        new("GET /api/projects/progress", null,                                  OK,        OK,        OK,        Forbidden, OK),
        new("GET /api/projects/{id}", null,                                      OK,        NotFound,  OK,        Forbidden, NotFound),
        new("PUT /api/projects/{id}", Things.ProjectChange,                      OK,        NotFound,  Forbidden, OK,        NotFound),
        new("PATCH /api/projects/{id}", Things.ProjectChange,                    OK,        NotFound,  Forbidden, OK,        NotFound),
        new("DELETE /api/projects/{id}", null,                                   NoContent, NotFound,  Forbidden, NoContent, NotFound),
        new("GET /api/history", null,                                            OK,        OK,        OK,        Forbidden, OK),
        new("GET /api/views", null,                                              OK,        OK,        OK,        Forbidden, OK),
        new("POST /api/views", Things.NewView,                                   Created,   Created,   Forbidden, Created,   Created),
        new("DELETE /api/views/{id}", null,                                      NoContent, NotFound,  Forbidden, NoContent, NotFound),
        new("GET /api/events", null,                                             OK,        OK,        OK,        Forbidden, OK),
        new("GET /api/changes", null,                                            OK,        OK,        OK,        Forbidden, OK),
        new("GET /api/admin/projects", null,                                     Forbidden, Forbidden, Forbidden, Forbidden, OK),
    ];

    public static TheoryData<string> Routes => [.. Table.Select(row => row.Route)];

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Every_route_of_the_description_is_in_the_table()
    {
        var paths = JsonNode.Parse((await host.Anonymous.SendAsync(HttpMethod.Get, "/api/openapi.json")).Body)!["paths"]!.AsObject();

        var routes = paths.SelectMany(
            path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} /api{path.Key}"));

        Assert.Equal(Table.Select(row => row.Route).Order(), routes.Order());
    }

    [Fact]
    public void Every_route_of_the_API_is_in_its_description()
    {
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                && endpoint.Metadata.OfType<AuthorizationPolicy>().Any())
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        Assert.Equal(Table.Select(row => row.Route).Order(), routes.Order());
    }

    [Theory]
    [Trait("Behaviour", "33")]
    [Trait("Behaviour", "36")]
    [MemberData(nameof(Routes))]
    public async Task An_API_key_may_what_its_user_may_within_its_scopes(string route)
    {
        var (row, things) = await ArrangeAsync(route);
        var user = things.Owner.User;
        var reader = await host.NewApiKeyAsync(user, [TaskmasterScopes.TasksRead]);
        var whole = await host.NewApiKeyAsync(user, [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite]);
        var revoked = await host.NewApiKeyAsync(user, [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite]);
        await host.RevokeApiKeyAsync(revoked);

        Assert.Equal(Unauthorized, (await SendAsync(row, things, host.WithKey(revoked))).Status);
        Assert.Equal(row.ReadScope, (await SendAsync(row, things, host.WithKey(reader))).Status);
        Assert.Equal(row.Owner, (await SendAsync(row, things, host.WithKey(whole))).Status);
    }

    [Theory]
    [Trait("Behaviour", "37")]
    [MemberData(nameof(Routes))]
    public async Task Somebody_elses_API_key_is_told_what_it_would_be_told_of_nothing(string route)
    {
        var (row, things) = await ArrangeAsync(route);
        var bob = host.WithKey(
            await host.NewApiKeyAsync(Guid.CreateVersion7(), [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite]));

        var foreign = await SendAsync(row, things, bob);

        Assert.Equal(row.SomebodyElse, foreign.Status);
        Assert.DoesNotContain(things.Owner.User.ToString(), foreign.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task The_owner_may_do_it(string route)
    {
        var (row, things) = await ArrangeAsync(route);
        Assert.Equal(row.Owner, (await SendAsync(row, things, things.Owner.Http)).Status);
    }

    [Theory]
    [Trait("Behaviour", "37")]
    [MemberData(nameof(Routes))]
    public async Task Somebody_else_is_told_what_they_would_be_told_of_nothing(string route)
    {
        var (row, things) = await ArrangeAsync(route);
        var bob = await host.NewAccountAsync();

        var foreign = await SendAsync(row, things, bob.Http);
        var unknown = await SendAsync(row, Things.Nothing(things.Owner), bob.Http);

        Assert.Equal(row.SomebodyElse, foreign.Status);
        Assert.Equal(unknown.Status, foreign.Status);
        Assert.Equal(unknown.Headers.Keys.Order(), foreign.Headers.Keys.Order());
        if (foreign.Status is not Created)
        {
            Assert.Equal(unknown.Body, foreign.Body);
        }

        Assert.DoesNotContain(things.Owner.User.ToString(), foreign.Body, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Behaviour", "36")]
    [MemberData(nameof(Routes))]
    public async Task A_token_is_held_to_the_tasks_scope_it_asked_for(string route)
    {
        var (row, things) = await ArrangeAsync(route);
        var reader = host.AsBearer(await host.Issuer.AccessTokenAsync(things.Owner.User, [TaskmasterScopes.TasksRead]));
        var writer = host.AsBearer(await host.Issuer.AccessTokenAsync(things.Owner.User, [TaskmasterScopes.TasksWrite]));

        Assert.Equal(row.ReadScope, (await SendAsync(row, things, reader)).Status);
        Assert.Equal(row.WriteScope, (await SendAsync(row, things, writer)).Status);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_admin_owns_nothing_by_that(string route)
    {
        var (row, things) = await ArrangeAsync(route);
        var admin = host.AsBearer(await host.Issuer.AccessTokenAsync(TasksApiHost.Admin, TaskmasterScopes.Tasks));

        Assert.Equal(row.Admin, (await SendAsync(row, things, admin)).Status);
    }

    [Theory]
    [Trait("Behaviour", "33")]
    [Trait("Behaviour", "35")]
    [MemberData(nameof(Routes))]
    public async Task Without_a_living_token_for_this_API_nothing_is_done(string route)
    {
        var (row, things) = await ArrangeAsync(route);
        var revoked = await host.Issuer.AccessTokenAsync(things.Owner.User, TaskmasterScopes.Tasks);
        await host.Issuer.RevokeAsync(revoked);
        var elsewhere = await host.Issuer.AccessTokenAsync(
            things.Owner.User, TaskmasterScopes.Tasks, user => user.SetAudiences("https://elsewhere.example"));

        foreach (var http in new[] { host.Anonymous, host.AsBearer(revoked), host.AsBearer(elsewhere) })
        {
            Assert.Equal(Unauthorized, (await SendAsync(row, things, http)).Status);
        }
    }

    private static Task<Reply> SendAsync(Row row, Things things, HttpClient http)
    {
        var (method, path) = (row.Route.Split(' ')[0], row.Route.Split(' ')[1]);
        path = path
            .Replace("/views/{id}", $"/views/{things.View}", StringComparison.Ordinal)
            .Replace("/projects/{id}", $"/projects/{things.Project}", StringComparison.Ordinal)
            .Replace("/tasks/{id}", $"/tasks/{things.Task}", StringComparison.Ordinal)
            .Replace("{task_id}", things.Task, StringComparison.Ordinal)
            .Replace("{relationship_id}", things.Relationship, StringComparison.Ordinal);
        return path == "/api/events"
            ? http.OpenAsync(path)
            : http.SendAsync(new HttpMethod(method), path, row.Body is null ? null : JsonContent.Create(row.Body(things)));
    }

    private async Task<(Row Row, Things Things)> ArrangeAsync(string route)
    {
        var owner = await host.NewAccountAsync();
        var project = await owner.NewProjectAsync();
        var task = await owner.NewTaskAsync(project);
        var other = await owner.NewTaskAsync(project);
        var relationship = await owner.NewRelationshipAsync(task, other);
        return (Table.Single(row => row.Route == route), new Things(
            owner, project, task, relationship, await owner.NewTaskAsync(project), await owner.NewViewAsync()));
    }

    private sealed record Row(
        string Route,
        Func<Things, object>? Body,
        HttpStatusCode Owner,
        HttpStatusCode SomebodyElse,
        HttpStatusCode ReadScope,
        HttpStatusCode WriteScope,
        HttpStatusCode Admin);

    /// <summary>
    /// What the routes are about: an account's project, its task, that task's relationship, a task it has none with, and a saved view.
    /// </summary>
    private sealed record Things(Account Owner, string Project, string Task, string Relationship, string Target, string View)
    {
        public static Things Nothing(Account owner) => new(owner, Unknown(), Unknown(), Unknown(), Unknown(), Unknown());

        public static object NewTask(Things things) => new { title = "t", description = "d", project_id = things.Project };

        public static object TaskChange(Things things) => new { title = "changed" };

        public static object NewTasks(Things things) => new { tasks = new[] { NewTask(things), NewTask(things) } };

        public static object TaskChanges(Things things) =>
            new { tasks = new[] { new { id = things.Task, title = "a" }, new { id = things.Target, title = "b" } } };

        public static object NewView(Things things) => new { label = "v", query = "open=true" };

        public static object NewProject(Things things) => new { name = "n", description = "d" };

        public static object ProjectChange(Things things) => new { name = "changed" };

        public static object NewRelationship(Things things) => new { target_task_id = things.Target, type = "blocks" };

        public static object RelationshipChange(Things things) => new { relationship_type = "duplicates" };

        private static string Unknown() => Guid.CreateVersion7().ToString();
    }
}
