using System.Net;
using System.Text;
using System.Text.Json;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class InvalidRequestTests(TasksApiHost host)
{
    private const string Project = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    public static TheoryData<string, string> WrongTasks => new()
    {
        {
            "{}",
            """{"title":["Title is required"],"description":["Description is required"],"project_id":["project_id must be a valid UUID"]}"""
        },
        { Task(title: "\"\""), """{"title":["Title is required"]}""" },
        { Task(title: "\"\\u200b\\u200b\""), """{"title":["Title must have a visible character"]}""" },
        { Task(title: "\" \\t\\u00a0\""), """{"title":["Title must have a visible character"]}""" },
        { Task(title: "\"\\u3164\""), """{"title":["Title must have a visible character"]}""" },
        { Task(title: "null"), """{"title":["Title must be a string"]}""" },
        { Task(title: "7"), """{"title":["Title must be a string"]}""" },
        { Task(title: Text(256)), """{"title":["Title must be 255 characters or less"]}""" },
        { Task(title: "\"a\\u0000b\""), """{"title":["Title must not contain the NUL character"]}""" },
        { Task(title: "\"\\ud800\""), """{"title":["Title must be a string"]}""" },
        { Task(description: Text(501)), """{"description":["Description must be 500 characters or less"]}""" },
        { Task(project: "\"7\""), """{"project_id":["project_id must be a valid UUID"]}""" },
        { Task(project: "\"6ba7b810-9dad-11d1-80b4-00c04fd430c8 \""), """{"project_id":["project_id must be a valid UUID"]}""" },
        { Task(project: "{}"), """{"project_id":["project_id must be a valid UUID"]}""" },
        { Task(project: "\"6ba7b8109dad11d180b400c04fd430c8\""), """{"project_id":["project_id must be a valid UUID"]}""" },
        {
            Task(status: "\"sleeping\""),
            """{"status":["Invalid enum value. Expected backlog | triage | todo | in_progress | done | canceled"]}"""
        },
        {
            Task(status: "\"InProgress\""),
            """{"status":["Invalid enum value. Expected backlog | triage | todo | in_progress | done | canceled"]}"""
        },
        { Task(status: "2"), """{"status":["Invalid enum value. Expected backlog | triage | todo | in_progress | done | canceled"]}""" },
        { Task(), """{"project_id":["project_id must be the ID of one of your projects"]}""" },
    };

    [Theory]
    [MemberData(nameof(WrongTasks))]
    public async Task A_wrong_field_is_named_and_explained(string json, string errors) =>
        (await PostAsync("/api/tasks", json))
            .Is(HttpStatusCode.BadRequest, $$"""{"message":"Invalid request data","errors":{{errors}}}""");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"title\":}")]
    [InlineData("{\"title\":\"a\",\"title\":\"b\"}")]
    [InlineData("{\"title\":\"a\"} trailing")]
    [InlineData("{'title':'a'}")]
    [InlineData("{\"\\ud800\":1,\"\\ud800\":2}")]
    public async Task What_is_no_JSON_is_told_so(string json) =>
        (await PostAsync("/api/tasks", json)).Is(HttpStatusCode.BadRequest, """{"message":"Invalid JSON in request body"}""");

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"task\"")]
    public async Task JSON_that_is_no_object_is_told_so(string json) =>
        (await PostAsync("/api/tasks", json)).Is(HttpStatusCode.BadRequest, """{"message":"The request body must be a JSON object"}""");

    [Fact]
    public async Task JSON_nested_beyond_reason_and_bytes_that_are_no_text_are_400()
    {
        var alice = await host.NewAccountAsync();
        var deep = await alice.Http.SendJsonAsync(HttpMethod.Post, "/api/tasks", new string('[', 100_000));
        Assert.Equal(HttpStatusCode.BadRequest, deep.Status);

        using var content = new ByteArrayContent([.. "{\"title\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await alice.Http.SendAsync(HttpMethod.Post, "/api/tasks", content)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_that_does_not_claim_to_be_JSON_is_415(string? contentType)
    {
        var alice = await host.NewAccountAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Task()));
        content.Headers.ContentType = contentType is null ? null : new(contentType);

        (await alice.Http.SendAsync(HttpMethod.Post, "/api/tasks", content))
            .Is(HttpStatusCode.UnsupportedMediaType, """{"message":"Content-Type must be application/json"}""");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, identity")]
    [InlineData("x-unknown")]
    public async Task A_body_in_a_content_coding_is_415_and_told_which_are_read(string coding)
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var task = await alice.NewTaskAsync(project);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/api/tasks"), (HttpMethod.Put, $"/api/tasks/{task}"), (HttpMethod.Patch, $"/api/tasks/{task}"),
            (HttpMethod.Post, "/api/tasks/bulk"), (HttpMethod.Patch, "/api/tasks/bulk"), (HttpMethod.Post, "/api/projects"),
            (HttpMethod.Put, $"/api/projects/{project}"), (HttpMethod.Post, $"/api/tasks/{task}/relationships"),
        })
        {
            var content = new StringContent(Task(project: $"\"{project}\""), Encoding.UTF8, "application/json");
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Encoding", coding));
            var refused = await alice.Http.SendAsync(method, path, content);

            refused.Is(HttpStatusCode.UnsupportedMediaType, """{"message":"Content-Encoding is not supported: send the body as it is"}""");
            Assert.Equal("identity", refused.Headers["Accept-Encoding"]);
        }

        var plain = new StringContent(Task(project: $"\"{project}\""), Encoding.UTF8, "application/json");
        plain.Headers.ContentEncoding.Add("identity");
        Assert.Equal(HttpStatusCode.Created, (await alice.Http.SendAsync(HttpMethod.Post, "/api/tasks", plain)).Status);
    }

    [Theory]
    [InlineData("application/json-patch+json")]
    [InlineData("application/strategic-merge-patch+json")]
    [InlineData("application/vnd.api+json")]
    [InlineData("text/json")]
    public async Task A_patch_of_a_type_that_is_not_read_is_415_and_told_which_are(string type)
    {
        var alice = await host.NewAccountAsync();
        var path = $"/api/tasks/{await alice.NewTaskAsync()}";

        var refused = await alice.Http.SendAsync(
            HttpMethod.Patch, path, new StringContent("""{"title":"changed"}""", Encoding.UTF8, type));
        refused.Is(
            HttpStatusCode.UnsupportedMediaType,
            """{"message":"Content-Type must be application/merge-patch\u002Bjson or application/json"}""");
        Assert.Equal("application/merge-patch+json, application/json", refused.Headers["Accept-Patch"]);

        (await alice.Http.SendAsync(HttpMethod.Put, path, new StringContent("""{"title":"changed"}""", Encoding.UTF8, type)))
            .Is(HttpStatusCode.UnsupportedMediaType, """{"message":"Content-Type must be application/json"}""");
        Assert.Equal(HttpStatusCode.OK, (await alice.Http.SendAsync(
            HttpMethod.Patch, path, new StringContent("""{"title":"changed"}""", Encoding.UTF8, "Application/Merge-Patch+JSON"))).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"created_by\":\"me\"}")]
    public async Task An_update_that_names_no_field_is_refused(string json)
    {
        var alice = await host.NewAccountAsync();
        var task = await alice.NewTaskAsync();
        var project = await alice.NewProjectAsync();

        foreach (var path in new[] { $"/api/tasks/{task}", $"/api/projects/{project}" })
        {
            (await alice.Http.SendJsonAsync(HttpMethod.Put, path, json))
                .Is(HttpStatusCode.BadRequest, """{"message":"No fields provided for update"}""");
        }
    }

    [Theory]
    [InlineData("GET", "/api/tasks/7", "id must be a valid UUID")]
    [InlineData("DELETE", "/api/projects/7", "id must be a valid UUID")]
    [InlineData("DELETE", "/api/projects/" + Project + "%0a%20", "id must be a valid UUID")]
    [InlineData("GET", "/api/tasks/7/relationships", "task_id must be a valid UUID")]
    [InlineData("DELETE", "/api/tasks/7/relationships/" + Project, "task_id and relationship_id must be valid UUIDs")]
    [InlineData("DELETE", "/api/tasks/" + Project + "/relationships/7", "task_id and relationship_id must be valid UUIDs")]
    public async Task An_id_in_the_path_that_is_no_UUID_is_400(string method, string path, string message)
    {
        var alice = await host.NewAccountAsync();

        (await alice.Http.SendAsync(new HttpMethod(method), path)).Is(HttpStatusCode.BadRequest, $$"""{"message":"{{message}}"}""");
    }

    [Theory]
    [InlineData("project_id=7")]
    [InlineData("project_id=")]
    [InlineData("project_id=" + Project + "&project_id=" + Project)]
    public async Task An_id_in_the_query_that_is_no_UUID_is_400(string query)
    {
        var alice = await host.NewAccountAsync();

        (await alice.GetAsync("/api/tasks?" + query)).Is(
            HttpStatusCode.BadRequest,
            """{"message":"Invalid query parameters","errors":{"project_id":["project_id must be a valid UUID"]}}""");
    }

    [Fact]
    [Trait("Behaviour", "38")]
    public async Task A_body_over_a_mebibyte_is_413_whether_its_length_is_announced_or_not()
    {
        var alice = await host.NewAccountAsync();
        const string expected = """{"message":"The request body must be 1048576 bytes or less"}""";
        var tooLong = Task(title: Text(1024 * 1024));

        var task = await alice.NewTaskAsync();
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/api/tasks"), (HttpMethod.Put, $"/api/tasks/{task}"), (HttpMethod.Patch, $"/api/tasks/{task}"),
            (HttpMethod.Post, "/api/tasks/bulk"), (HttpMethod.Patch, "/api/tasks/bulk"), (HttpMethod.Post, "/api/projects"),
        })
        {
            // RFC 9110 §10.1.1: the body is announced first. The server refuses it unread and closes, and a client that is
            // still sending it then may never see the answer.
            var content = new StringContent(tooLong, Encoding.UTF8, "application/json");
            (await alice.Http.SendAsync(method, path, content, ("Expect", "100-continue")))
                .Is(HttpStatusCode.RequestEntityTooLarge, expected);
        }

        Assert.Equal([task], (await alice.GetAsync("/api/tasks")).All("id"));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tasks")
        {
            Content = new StringContent(tooLong, Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = true },
        };
        using var response = await alice.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, expected), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Text_is_counted_in_characters_and_kept_as_it_is()
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var title = string.Concat(Enumerable.Repeat("🗂", 255));

        var created = await alice.PostAsync("/api/tasks", new { title, description = "<b>'; DROP TABLE tasks; --", project_id = project });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(title, created.Text("title"));
        Assert.Equal("<b>'; DROP TABLE tasks; --", created.Text("description"));
    }

    [Fact]
    public async Task An_unknown_path_and_a_wrong_method_are_told_apart()
    {
        var alice = await host.NewAccountAsync();

        (await alice.GetAsync("/api/nothing")).Is(HttpStatusCode.NotFound, "Not Found", "text/plain");
        var wrong = await alice.Http.SendAsync(HttpMethod.Post, $"/api/tasks/{Project}");
        wrong.Is(HttpStatusCode.MethodNotAllowed, "Method Not Allowed", "text/plain");
        Assert.Contains("DELETE", wrong.Headers["Allow"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_and_a_change_need_a_name_that_is_seen_as_well()
    {
        var alice = await host.NewAccountAsync();
        var (project, task) = (await alice.NewProjectAsync(), await alice.NewTaskAsync());
        const string name = "\u200b\u2060";

        foreach (var reply in new[]
        {
            await alice.PostAsync("/api/projects", new { name, description = "d" }),
            await alice.PutAsync($"/api/projects/{project}", new { name }),
            await alice.PatchAsync($"/api/projects/{project}", new { name }),
        })
        {
            reply.Is(
                HttpStatusCode.BadRequest,
                """{"message":"Invalid request data","errors":{"name":["Name must have a visible character"]}}""");
        }

        (await alice.PatchAsync($"/api/tasks/{task}", new { title = name }))
            .Is(HttpStatusCode.BadRequest, """{"message":"Invalid request data","errors":{"title":["Title must have a visible character"]}}""");
        (await alice.PatchAsync("/api/tasks/bulk", new { tasks = new[] { new { id = task, title = name } } }))
            .Is(HttpStatusCode.BadRequest, """{"message":"Invalid request data","errors":{"tasks[0].title":["Title must have a visible character"]}}""");
        Assert.Equal(
            HttpStatusCode.Created, (await alice.PostAsync("/api/projects", new { name = "👩\u200D🚀", description = "\u200b" })).Status);
    }

    private async Task<Reply> PostAsync(string path, string json) =>
        await (await host.NewAccountAsync()).Http.SendJsonAsync(HttpMethod.Post, path, json);

    private static string Text(int length) => JsonSerializer.Serialize(new string('x', length));

    private static string Task(
        string title = "\"t\"", string description = "\"d\"", string project = $"\"{Project}\"", string status = "\"todo\"") =>
        $$"""{"title":{{title}},"description":{{description}},"project_id":{{project}},"status":{{status}}}""";
}
