using System.Buffers;
using System.Text.Json;
using Npgsql;

namespace Taskmaster.Benchmarks.Sides.ByHand;

/// <summary>A row of the API's table of tasks and the API's answer about it.</summary>
internal static class TaskRow
{
    public const string Columns = "id, title, description, owner_id, project_id, status, created_at, updated_at, version";

    private const int VersionColumn = 8;
    private const int UsualBytes = 1024;

    public static Guid IdOf(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);

    /// <summary>The next row, as JSON and with its version; null when there is none.</summary>
    public static async Task<(ReadOnlyMemory<byte> Task, int Version)?> ReadAsync(NpgsqlDataReader row)
    {
        if (!await row.ReadAsync())
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>(UsualBytes);
        await using var json = new Utf8JsonWriter(body);
        TaskTable.Write(json, row);
        await json.FlushAsync();
        return (body.WrittenMemory, row.GetInt32(VersionColumn));
    }

    public static async Task AnswerAsync(HttpContext http, (ReadOnlyMemory<byte> Task, int Version)? found, int status)
    {
        if (found is not var (task, version))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = TaskTable.ContentType;
        http.Response.ContentLength = task.Length;
        http.Response.Headers.ETag = $"\"{version}\"";
        await http.Response.BodyWriter.WriteAsync(task);
    }
}
