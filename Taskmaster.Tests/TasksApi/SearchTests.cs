using System.Net;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Events;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Search;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class SearchTests(TasksApiHost host)
{
    private const int LongestQuery = 200;
    private const string TellWordsOurselves = "20261129040731_TellWordsOurselves";

    [Theory]
    [InlineData("123", "Fix ABC-123 today")]
    [InlineData("abc-123", "Fix ABC-123 today")]
    [InlineData("abc", "Fix ABC-123 today")]
    [InlineData("server", "Split client/server code")]
    [InlineData("client/server", "Split client/server code")]
    [InlineData("client server", "Split client/server code")]
    [InlineData("node", "Upgrade node.js runtime")]
    [InlineData("js", "Upgrade node.js runtime")]
    [InlineData("node.js", "Upgrade node.js runtime")]
    [InlineData("15", "Meeting 2026-01-15 room")]
    [InlineData("2026-01-15", "Meeting 2026-01-15 room")]
    [InlineData("example", "Write to alice@example.com")]
    [InlineData("docs", "See https://example.com/docs/api?q=1")]
    [InlineData("case", "Rename snake_case names")]
    [InlineData("--force", "Push with --force")]
    [InlineData("don't", "Don\u2019t panic")]
    [InlineData("5", "Pay -3.5 %")]
    public async Task Words_are_what_stands_between_anything_but_letters_and_digits(string words, string title) =>
        await FindsAsync(words, title);

    [Theory]
    [InlineData("CAFÉ", "Café menu")]
    [InlineData("café", "CAFÉ MENU")]
    [InlineData("ΔΟΚΙΜΉ", "δοκιμή")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("задача", "ЗАДАЧА")]
    [InlineData("ստուգում", "ՍՏՈՒԳՈՒՄ")]
    [InlineData("STRASSE", "Große Straße")]
    [InlineData("istanbul", "İstanbul")]
    [InlineData("ISTANBUL", "ıstanbul")]
    [InlineData("\U00010400", "\U00010428")] // Deseret: beyond the Basic Multilingual Plane
    [InlineData("ǆ", "ǅ")]
    public async Task Case_does_not_matter_in_any_script(string words, string title) => await FindsAsync(words, title);

    [Theory]
    [InlineData("cooperate", "Co\u00ADoperate")] // soft hyphen
    [InlineData("हिन्दी", "हिन्दी में लिखें")] // vowel signs are part of a word
    [InlineData("हि", "हिन्दी में लिखें", false)]
    [InlineData("一", "Step 一 of 3")]
    [InlineData("1", "1\uFE0F\u20E3 first")] // a keycap is its digit
    [InlineData("cafe", "Café menu", false)] // accents do
    [InlineData("caf", "Café menu", false)] // and parts of words are none
    [InlineData("a\u200Bb", "a b")]
    public async Task What_is_not_seen_is_not_looked_at(string words, string title, bool found = true) =>
        await FindsAsync(words, title, found);

    [Theory]
    [InlineData("\"blue car\"", true)]
    [InlineData("\"car blue\"", false)]
    [InlineData("\"red house fast\"", false)] // the one ends the title, the other begins the description
    [InlineData("car -green", true)]
    [InlineData("car -blue", false)]
    [InlineData("-\"blue car\"", false)]
    [InlineData("-green", true)]
    [InlineData("green OR blue", true)]
    [InlineData("green or blue", true)]
    [InlineData("green fast OR blue car", true)]
    [InlineData("green OR", false)]
    [InlineData("blue OR ---", false)]
    [InlineData("OR", false)]
    [InlineData("blue -", true)]
    [InlineData("blue \"", true)]
    [InlineData("blue\"car\"fast", true)]
    [InlineData("...", false)]
    [InlineData("\"\"", false)]
    [InlineData(" ", true)] // left blank, it asks for nothing in particular
    public async Task Terms_are_quoted_left_out_and_alternatives(string words, bool found) =>
        await FindsAsync(words, "Blue car, red house", found, "Fast.");

    [Fact]
    public async Task A_changed_title_is_found_by_its_new_words_and_a_changed_status_leaves_them()
    {
        var alice = await host.NewAccountAsync();
        var task = await alice.NewTaskAsync(title: "Apples");
        await alice.PatchAsync($"/api/tasks/{task}", new { title = "Pears" });
        await alice.PatchAsync("/api/tasks/bulk", new { tasks = new[] { new { id = task, status = "done" } } });

        Assert.Equal([task], (await alice.GetAsync("/api/tasks?q=PEARS")).All("id"));
        Assert.Empty((await alice.GetAsync("/api/tasks?q=apples")).All("id"));

        var project = await alice.NewProjectAsync("Große Pläne");
        Assert.Equal([project], (await alice.GetAsync("/api/projects?q=" + Uri.EscapeDataString("GROSSE"))).All("id"));
    }

    /// <summary>Longer than what Postgres takes for a word, in bytes.</summary>
    [Fact]
    public async Task The_longest_word_is_kept_and_found()
    {
        var word = string.Concat(Enumerable.Repeat("\U00010428", LongestQuery));
        await FindsAsync(
            word, string.Concat(Enumerable.Repeat("\U00010428", 255)), description: string.Concat(Enumerable.Repeat("ß", 500)));
    }

    [Fact]
    public async Task Hyphens_are_no_question_and_are_answered()
    {
        var alice = await host.NewAccountAsync();
        foreach (var text in new[]
        {
            new string('-', 33), new string('-', 40), new string('-', LongestQuery),
            string.Concat(Enumerable.Repeat("-a ", 66)), new string('"', LongestQuery),
        })
        {
            Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/api/tasks?q=" + Uri.EscapeDataString(text))).Status);
        }
    }

    [Fact]
    public async Task Every_query_of_two_hundred_characters_is_answered()
    {
        await using var database = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        const string signs = "-\"   ()&|!<>:*'\\oOrR";
        var character = Gen.Frequency(
            (4, Gen.Int[0, signs.Length - 1].Select(at => new Rune(signs[at]))),
            (3, Gen.Char['a', 'z'].Select(letter => new Rune(letter))),
            (2, Gen.Int[1, 0x10FFFF].Where(Rune.IsValid).Select(value => new Rune(value))));
        var query = character.Array[LongestQuery].Select(characters => string.Concat(characters));

        await query.SampleAsync(async text =>
        {
            await using var command = database.CreateCommand("SELECT count(*) FROM tasks WHERE search @@ $1");
            command.Parameters.Add(new NpgsqlParameter<NpgsqlTsQuery> { TypedValue = SearchQuery.Of(text) });
            Assert.IsType<long>(await command.ExecuteScalarAsync());
        }, iter: 1000);
    }

    /// <summary>Whatever is written is found by any of its own words.</summary>
    [Fact]
    public async Task Every_text_is_found_by_each_of_its_words_in_either_case()
    {
        await using var database = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        var text = Gen.Frequency(
            (3, Gen.Char[' ', '~'].Select(letter => new Rune(letter))),
            (1, Gen.Int[1, 0x2FFFF].Where(Rune.IsValid).Select(value => new Rune(value)))).Array[1, 255].Select(
                characters => string.Concat(characters));

        await text.SampleAsync(async title =>
        {
            foreach (var word in SearchWords.Of(title).Take(3))
            {
                foreach (var written in new[] { word, word.ToUpperInvariant() })
                {
                    await using var command = database.CreateCommand("SELECT $1 @@ $2");
                    command.Parameters.Add(new NpgsqlParameter<NpgsqlTsVector> { TypedValue = SearchWords.Vector(title, "d") });
                    command.Parameters.Add(new NpgsqlParameter<NpgsqlTsQuery> { TypedValue = SearchQuery.Of($"\"{written}\"") });
                    Assert.True((bool)(await command.ExecuteScalarAsync())!, written);
                }
            }
        }, iter: 300);
    }

    /// <summary>The rows of before this migration, on a database of each locale this machine has.</summary>
    [Theory]
    [InlineData("C")]
    [InlineData("C.UTF-8")]
    public async Task What_was_written_before_words_were_ours_is_found_and_nobody_is_told_of_a_change(string locale)
    {
        var name = $"tasksdb_of_{(locale == "C" ? "c" : "utf8")}";
        await using (var postgres = NpgsqlDataSource.Create(host.Postgres.ConnectionString("postgres")))
        await using (var create = postgres.CreateCommand($"CREATE DATABASE {name} TEMPLATE template0 LOCALE '{locale}'"))
        {
            await create.ExecuteNonQueryAsync();
        }

        await using var db = new TasksDbContext(new DbContextOptionsBuilder<TasksDbContext>()
            .UseNpgsql(host.Postgres.ConnectionString(name)).UseSnakeCaseNamingConvention().Options);
        var before = db.Database.GetMigrations().TakeWhile(migration => migration != TellWordsOurselves).Last();
        await db.Database.MigrateAsync(before);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO projects (id, owner_id, name, description, created_at, updated_at) VALUES ({Guid.Empty}, {Guid.Empty}, 'ÉTÉ', 'Plans', now(), now());
            INSERT INTO tasks (id, owner_id, project_id, title, description, status, created_at, updated_at)
                SELECT gen_random_uuid(), {Guid.Empty}, {Guid.Empty}, 'Fix ÀBC-' || n, 'One of many', 'todo', now(), now() FROM generate_series(1, 2500) n
            """);
        var changes = await db.Changes.CountAsync();

        await MigrateTasksDb.MigrateAsync(db.Database, CancellationToken.None);

        var (one, all, named) = (SearchQuery.Of("àbc 2400"), SearchQuery.Of("many"), SearchQuery.Of("été"));
        Assert.Equal("Fix ÀBC-2400", (await db.Tasks.SingleAsync(task => task.Search!.Matches(one))).Title);
        Assert.Equal(2500, await db.Tasks.CountAsync(task => task.Search!.Matches(all)));
        Assert.Equal("ÉTÉ", (await db.Projects.SingleAsync(project => project.Search!.Matches(named))).Name);
        Assert.All(await db.Tasks.Take(10).ToListAsync(), task => Assert.Equal(1, task.Version));
        Assert.Equal(changes, await db.Changes.CountAsync());

        // A change is told as before.
        await db.Database.ExecuteSqlAsync($"UPDATE projects SET description = 'Others', version = version + 1");
        Assert.Equal(changes + 1, await db.Changes.CountAsync());
    }

    private async Task FindsAsync(string words, string title, bool found = true, string description = "Nothing else.")
    {
        var alice = await host.NewAccountAsync();
        var project = await alice.NewProjectAsync();
        var created = await alice.PostAsync("/api/tasks", new { title, description, project_id = project });
        Assert.Equal(HttpStatusCode.Created, created.Status);

        var list = await alice.GetAsync($"/api/tasks?q={Uri.EscapeDataString(words)}");

        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Equal(found ? [title] : [], list.All("title"));
    }
}
