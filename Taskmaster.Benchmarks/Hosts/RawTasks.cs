using System.Text.Json;
using Npgsql;

namespace Taskmaster.Benchmarks.Hosts;

/// <summary>Ten tasks with nothing in between: Npgsql's reader and a JSON writer.</summary>
internal static class RawTasks
{
    public const string ContentType = "application/json; charset=utf-8";

    public static async Task WriteAsync(HttpContext http, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(TaskTable.Query);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(TaskTable.Owner) });
        await using var row = await command.ExecuteReaderAsync(http.RequestAborted);

        http.Response.ContentType = ContentType;
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartArray();
        while (await row.ReadAsync(http.RequestAborted))
        {
            Write(json, row);
        }

        json.WriteEndArray();
    }

    /// <summary>One row, whose columns are in the order of the query above.</summary>
    public static void Write(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        json.WriteStartObject();
        json.WriteString("id", row.GetGuid(0));
        json.WriteString("title", row.GetString(1));
        json.WriteString("description", row.GetString(2));
        json.WriteString("created_by", row.GetGuid(3));
        json.WriteString("project_id", row.GetGuid(4));
        json.WriteString("status", row.GetString(5));
        json.WriteString("created_at", row.GetDateTime(6));
        json.WriteString("updated_at", row.GetDateTime(7));
        json.WriteEndObject();
    }
}
