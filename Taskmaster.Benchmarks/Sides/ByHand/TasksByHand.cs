using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Taskmaster.Benchmarks.Sides.ByHand;

/// <summary>The API's four requests about tasks, each one statement.</summary>
internal sealed class TasksByHand(NpgsqlDataSource database)
{
    private const string Columns = "id, title, description, owner_id, project_id, status, created_at, updated_at, version";
    private const int VersionColumn = 8;

    public async Task ListAsync(HttpContext http, Guid owner)
    {
        var limit = int.Parse(http.Request.Query["limit"].ToString(), CultureInfo.InvariantCulture);
        await using var command = database.CreateCommand($"SELECT {Columns} FROM tasks WHERE owner_id = $1 ORDER BY id LIMIT $2");
        Add(command, owner);
        Add(command, limit + 1);
        await using var row = await command.ExecuteReaderAsync(http.RequestAborted);

        http.Response.ContentType = TaskTable.ContentType;
        var body = new ArrayBufferWriter<byte>(8192);
        await using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        var last = Guid.Empty;
        for (var count = 0; await row.ReadAsync(http.RequestAborted); count++)
        {
            if (count == limit)
            {
                http.Response.Headers.Link = $"</api/tasks?limit={limit}&cursor={last:N}>; rel=\"next\"";
                break;
            }

            last = row.GetGuid(0);
            TaskTable.Write(json, row);
        }

        json.WriteEndArray();
        await json.FlushAsync();
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    public Task GetAsync(HttpContext http, Guid owner)
    {
        var command = database.CreateCommand($"SELECT {Columns} FROM tasks WHERE owner_id = $1 AND id = $2");
        Add(command, owner);
        Add(command, IdOf(http));
        return AnswerAsync(http, command, StatusCodes.Status200OK);
    }

    public async Task UpdateAsync(HttpContext http, Guid owner)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var command = database.CreateCommand(
            $"UPDATE tasks SET status = $3, updated_at = $4, version = version + 1 WHERE owner_id = $1 AND id = $2 RETURNING {Columns}");
        Add(command, owner);
        Add(command, IdOf(http));
        Add(command, body.RootElement.GetProperty("status").GetString()!);
        Add(command, TimeProvider.System.GetUtcNow().UtcDateTime);
        await AnswerAsync(http, command, StatusCodes.Status200OK);
    }

    public async Task CreateAsync(HttpContext http, Guid owner)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var command = database.CreateCommand(
            $"INSERT INTO tasks ({Columns}) VALUES ($1, $2, $3, $4, $5, 'todo', $6, $6, 1) RETURNING {Columns}");
        Add(command, id);
        Add(command, body.RootElement.GetProperty("title").GetString()!);
        Add(command, body.RootElement.GetProperty("description").GetString()!);
        Add(command, owner);
        Add(command, body.RootElement.GetProperty("project_id").GetGuid());
        Add(command, now.UtcDateTime);
        http.Response.Headers.Location = $"/api/tasks/{id}";
        await AnswerAsync(http, command, StatusCodes.Status201Created);
    }

    private static async Task AnswerAsync(HttpContext http, NpgsqlCommand statement, int status)
    {
        await using var command = statement;
        await using var row = await command.ExecuteReaderAsync(http.RequestAborted);
        if (!await row.ReadAsync(http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = TaskTable.ContentType;
        http.Response.Headers.ETag = $"\"{row.GetInt32(VersionColumn)}\"";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        TaskTable.Write(json, row);
    }

    private static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
