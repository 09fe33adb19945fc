using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Taskmaster.Benchmarks.Sides.Batches;

namespace Taskmaster.Benchmarks.Sides.ByHand;

/// <summary>The API's list of tasks, and one task, each one statement that goes with those of other requests.</summary>
internal sealed class TaskReadsByHand
{
    private const string List = $"SELECT {TaskRow.Columns} FROM tasks WHERE owner_id = $1 ORDER BY id LIMIT $2";
    private const string One = $"SELECT {TaskRow.Columns} FROM tasks WHERE owner_id = $1 AND id = $2";

    private readonly SqlBatches<(Guid Owner, int Limit), (ReadOnlyMemory<byte> Tasks, Guid? Last)> _list;
    private readonly SqlBatches<(Guid Owner, Guid Id), (ReadOnlyMemory<byte> Task, int Version)?> _one;

    public TaskReadsByHand(NpgsqlDataSource database)
    {
        _list = new(database, List, AddList, ReadListAsync);
        _one = new(database, One, AddOne, (row, _) => TaskRow.ReadAsync(row));
    }

    public async Task ListAsync(HttpContext http, ByHandCaller caller)
    {
        var limit = int.Parse(http.Request.Query["limit"].ToString(), CultureInfo.InvariantCulture);
        var (tasks, last) = await _list.AskAsync((caller.Owner, limit));
        if (last is { } cursor)
        {
            http.Response.Headers.Link = $"</api/tasks?limit={limit}&cursor={cursor:N}>; rel=\"next\"";
        }

        http.Response.ContentType = TaskTable.ContentType;
        http.Response.ContentLength = tasks.Length;
        await http.Response.BodyWriter.WriteAsync(tasks);
    }

    public async Task GetAsync(HttpContext http, ByHandCaller caller) =>
        await TaskRow.AnswerAsync(http, await _one.AskAsync((caller.Owner, TaskRow.IdOf(http))), StatusCodes.Status200OK);

    private static void AddList(NpgsqlParameterCollection parameters, (Guid Owner, int Limit) asked)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = asked.Owner });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = asked.Limit + 1 });
    }

    private static void AddOne(NpgsqlParameterCollection parameters, (Guid Owner, Guid Id) asked)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = asked.Owner });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = asked.Id });
    }

    /// <summary>All rows but the last one asked for, which only tells that there are more.</summary>
    private static async Task<(ReadOnlyMemory<byte> Tasks, Guid? Last)> ReadListAsync(NpgsqlDataReader row, (Guid Owner, int Limit) asked)
    {
        var body = new ArrayBufferWriter<byte>(8192);
        await using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        var (last, hasMore) = (Guid.Empty, false);
        for (var count = 0; await row.ReadAsync(); count++)
        {
            if (count == asked.Limit)
            {
                hasMore = true;
                break;
            }

            last = row.GetGuid(0);
            TaskTable.Write(json, row);
        }

        json.WriteEndArray();
        await json.FlushAsync();
        return (body.WrittenMemory, hasMore ? last : null);
    }
}
