using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Taskmaster.Benchmarks.Sides.ByHand;

/// <summary>
/// Creating and updating a task, each one statement that writes what the API writes: the row, the words by which it is found, and
/// what acted. The trigger of the table logs the change either way.
/// </summary>
internal sealed class TaskWritesByHand(NpgsqlDataSource database)
{
    private const string Update = $"""
        UPDATE tasks SET status = $3, updated_at = $4, version = version + 1, via = $5
        WHERE owner_id = $1 AND id = $2
        RETURNING {TaskRow.Columns}
        """;

    private const string Create = $"""
        INSERT INTO tasks ({TaskRow.Columns}, via, search)
        VALUES ($1, $2, $3, $4, $5, 'todo', $6, $6, 1, $7, $8::tsvector)
        RETURNING {TaskRow.Columns}
        """;

    public async Task UpdateAsync(HttpContext http, ByHandCaller caller)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        await using var command = database.CreateCommand(Update);
        Add(command, caller.Owner);
        Add(command, TaskRow.IdOf(http));
        Add(command, body.RootElement.GetProperty("status").GetString()!);
        Add(command, TimeProvider.System.GetUtcNow().UtcDateTime);
        Add(command, caller.Via);
        await AnswerAsync(http, command, StatusCodes.Status200OK);
    }

    public async Task CreateAsync(HttpContext http, ByHandCaller caller)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var (title, description) = (Text("title"), Text("description"));
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var command = database.CreateCommand(Create);
        Add(command, id);
        Add(command, title);
        Add(command, description);
        Add(command, caller.Owner);
        Add(command, body.RootElement.GetProperty("project_id").GetGuid());
        Add(command, now.UtcDateTime);
        Add(command, caller.Via);
        Add(command, WordsOf(title, description));
        http.Response.Headers.Location = $"/api/tasks/{id}";
        await AnswerAsync(http, command, StatusCodes.Status201Created);

        string Text(string name) => body.RootElement.GetProperty(name).GetString()!;
    }

    /// <summary>As Postgres reads a tsvector; of texts as the benchmark's, in which only blanks part words.</summary>
    private static string WordsOf(string title, string description)
    {
        var vector = new StringBuilder();
        var position = 0;
        foreach (var text in (ReadOnlySpan<string>)[title, description])
        {
            foreach (var word in text.Split(' '))
            {
                vector.Append(CultureInfo.InvariantCulture, $"'{word.ToLowerInvariant()}':{++position} ");
            }

            position++;
        }

        return vector.ToString();
    }

    private static async Task AnswerAsync(HttpContext http, NpgsqlCommand command, int status)
    {
        await using var row = await command.ExecuteReaderAsync();
        await TaskRow.AnswerAsync(http, await TaskRow.ReadAsync(row), status);
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
