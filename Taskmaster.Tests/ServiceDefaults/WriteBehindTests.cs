using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.Tests.Web;

namespace Taskmaster.Tests.ServiceDefaults;

public sealed class WriteBehindTests : IAsyncLifetime, IDisposable
{
    private readonly LoggedLines _lines = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddScoped(_ => new DbContext(new DbContextOptionsBuilder().Options))
        .BuildServiceProvider();
    private readonly ILoggerFactory _logging;
    private readonly Notes _notes;

    public WriteBehindTests()
    {
        _logging = LoggerFactory.Create(logging => logging.AddProvider(_lines));
        _notes = new Notes(_services.GetRequiredService<IServiceScopeFactory>(), _clock, _logging.CreateLogger<Notes>());
    }

    public Task InitializeAsync() => _notes.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _notes.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _notes.Dispose();
        _logging.Dispose();
        _lines.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task The_last_value_of_each_key_is_written_once()
    {
        _notes.Note(1, "a");
        _notes.Note(2, "b");
        _notes.Note(1, "c");

        await WrittenAsync(1);
        await _notes.StopAsync(CancellationToken.None);

        Assert.Equal(["1c 2b"], _notes.Written);
    }

    [Fact]
    public async Task What_is_noted_when_the_service_stops_is_written()
    {
        await WaitingAsync();
        _notes.Note(1, "a");

        await _notes.StopAsync(CancellationToken.None);

        Assert.Equal(["1a"], _notes.Written);
    }

    [Fact]
    public async Task What_is_noted_during_a_write_is_written_by_the_next()
    {
        _notes.During = () => _notes.Note(1, "b");
        _notes.Note(1, "a");

        await WrittenAsync(2);

        Assert.Equal(["1a", "1b"], _notes.Written);
    }

    [Fact]
    public async Task An_outage_is_told_of_once_and_what_it_held_up_is_written_after_it()
    {
        _notes.Failure = new NpgsqlException("no answer", new IOException());
        _notes.Note(1, "a");
        await TriedAsync(3);

        _notes.Note(2, "b");
        _notes.Failure = null;
        await WrittenAsync(1);

        Assert.Equal(["1a 2b"], _notes.Written);
        Assert.Single(_lines.All, line => line.StartsWith("Warning ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_keeps_the_newest_keys()
    {
        _notes.Failure = new NpgsqlException("no answer", new IOException());
        _notes.Note(-1, "a");
        await TriedAsync(1);

        for (var key = 0; key < WriteBehind<DbContext, int, string>.Capacity; key++)
        {
            _notes.Note(key, "b");
        }

        await TriedAsync(2);
        _notes.Failure = null;
        await WrittenAsync(1);

        var written = Assert.Single(_notes.Written).Split(' ');
        Assert.Equal(WriteBehind<DbContext, int, string>.Capacity, written.Length);
        Assert.DoesNotContain("-1a", written);
    }

    [Fact]
    public async Task Values_that_Postgres_refuses_do_not_hold_up_the_next()
    {
        _notes.Failure = new PostgresException("too long", "ERROR", "ERROR", PostgresErrorCodes.StringDataRightTruncation);
        _notes.Note(1, "a");
        await TriedAsync(1);

        _notes.Failure = null;
        _notes.Note(2, "b");
        await WrittenAsync(1);

        Assert.Equal(["2b"], _notes.Written);
    }

    [Fact]
    public async Task A_value_that_Postgres_refuses_takes_no_other_with_it()
    {
        _notes.Refused = 3;
        for (var key = 1; key <= 5; key++)
        {
            _notes.Note(key, "a");
        }

        await UntilAsync(() => _notes.Written.SelectMany(one => one.Split(' ')).Count() == 4);

        Assert.Equal(["1a", "2a", "4a", "5a"], _notes.Written.SelectMany(one => one.Split(' ')).Order());
        Assert.Single(_lines.All, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    private Task WrittenAsync(int times) => UntilAsync(() => _notes.Written.Count >= times);

    private Task TriedAsync(int times) => UntilAsync(() => _notes.Tries >= times);

    /// <summary>Until it runs: what is stopped before that has written nothing and waits for nothing.</summary>
    private async Task WaitingAsync()
    {
        _notes.Note(0, "");
        await WrittenAsync(1);
        _notes.Written.Clear();
    }

    private Task UntilAsync(Func<bool> isTrue) => TokenRedis.UntilAsync(() =>
    {
        if (isTrue())
        {
            return Task.FromResult(true);
        }

        _clock.Advance(Notes.Period);
        return Task.FromResult(false);
    });

    private sealed class Notes(IServiceScopeFactory scopes, TimeProvider clock, ILogger logger)
        : WriteBehind<DbContext, int, string>(Period, scopes, clock, logger)
    {
        public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

        private volatile int _tries;

        public List<string> Written { get; } = [];

        public int Tries => _tries;

        public Exception? Failure { get; set; }

        /// <summary>The key of a value that Postgres does not take.</summary>
        public int? Refused { get; set; }

        public Action? During { get; set; }

        public void Note(int key, string value) => Put(key, value);

        protected override Task WriteAsync(
            DbContext database, IReadOnlyList<KeyValuePair<int, string>> values, CancellationToken cancellationToken)
        {
            // Read before whoever waits for this try may end the outage.
            var failure = Failure;
            _tries++;
            if (Refused is { } refused && values.Any(value => value.Key == refused))
            {
                failure = new PostgresException("too long", "ERROR", "ERROR", PostgresErrorCodes.StringDataRightTruncation);
            }

            if (failure is not null)
            {
                return Task.FromException(failure);
            }

            During?.Invoke();
            During = null;
            Written.Add(string.Join(' ', values.Select(value => $"{value.Key}{value.Value}")));
            return Task.CompletedTask;
        }
    }
}
