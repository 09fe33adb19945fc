using System.Buffers;
using System.Text.Json;
using Npgsql;
using Taskmaster.Benchmarks.Sides.Batches;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>Ten tasks by hand: the token's owner from Redis, the owner's tasks from Postgres.</summary>
internal sealed class FloorTasks
{
    private const string Scheme = "Bearer ";
    private const int UsualBytes = 4096;

    private readonly FloorStore _store;
    private readonly SqlBatches<Guid, ReadOnlyMemory<byte>> _statement;

    public FloorTasks(FloorStore store, NpgsqlDataSource database)
    {
        _store = store;
        _statement = new(
            database,
            TaskTable.Query,
            (parameters, owner) => parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner }),
            (row, _) => ReadAsync(row));
    }

    public async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(Scheme, StringComparison.Ordinal)
            || await _store.FindAsync(header[Scheme.Length..]) is not { } token)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var tasks = await _statement.AskAsync(Guid.Parse(token.Owner));
        http.Response.ContentType = TaskTable.ContentType;
        http.Response.ContentLength = tasks.Length;
        await http.Response.BodyWriter.WriteAsync(tasks);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(NpgsqlDataReader row)
    {
        var body = new ArrayBufferWriter<byte>(UsualBytes);
        await using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        while (await row.ReadAsync())
        {
            TaskTable.Write(json, row);
        }

        json.WriteEndArray();
        await json.FlushAsync();
        return body.WrittenMemory;
    }
}
