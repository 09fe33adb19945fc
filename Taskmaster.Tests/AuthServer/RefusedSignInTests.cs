using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.AuthServer.Users;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>
/// That time does not tell an unknown address from a wrong password follows from the work being the same. How long it took
/// on one machine is in docs/security-events.md.
/// </summary>
public sealed class RefusedSignInTests(RefusedSignInTests.WatchedHost host) : IClassFixture<RefusedSignInTests.WatchedHost>
{
    [Fact]
    [Trait("Behaviour", "44")]
    public async Task Every_refused_sign_in_costs_one_hash_the_same_statements_and_the_same_commands_to_Redis()
    {
        var (known, locked, disabled) = (await host.NewUserAsync(), await host.NewUserAsync(), await host.NewUserAsync());
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<UserAccess>().DisableAsync(disabled.Id, CancellationToken.None);
        }

        for (var attempt = 0; attempt < SignInService.FailuresBeforeLockout; attempt++)
        {
            _ = await WorkAsync(locked.Email, "wrong password");
        }

        var work = await WorkAsync("nobody-at-all@example.com", "wrong password");

        Assert.Equal(1, work.Hashes);
        Assert.NotEmpty(work.Commands);
        Assert.Contains(work.Statements, sql => sql.Contains("UPDATE users", StringComparison.Ordinal));
        Assert.Contains(work.Statements, sql => sql.Contains("INSERT INTO audit_events", StringComparison.Ordinal));
        Assert.Equal(work, await WorkAsync(known.Email, "wrong password"));
        Assert.Equal(work, await WorkAsync(locked.Email, "wrong password"));
        Assert.Equal(work, await WorkAsync(locked.Email, locked.Password));
        Assert.Equal(work, await WorkAsync(disabled.Email, disabled.Password));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "23")]
    public async Task A_wrong_client_secret_costs_the_statement_of_an_unknown_client(bool isCached)
    {
        var client = await host.NewClientAsync();
        if (isCached)
        {
            (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        }

        var wrong = await StatementsAsync(client, client.ClientId, "wrong");
        var unknown = await StatementsAsync(client, "0198c0de-0000-7000-8000-000000000000", client.Secret);

        Assert.Single(unknown);
        Assert.Equal(unknown, wrong);
    }

    private async Task<IReadOnlyList<string>> StatementsAsync(TestClient client, string id, string secret)
    {
        var refused = new TestClient(host, id, secret, client.RedirectUri, client.Owner);
        host.Watched.Forget();
        (await refused.ClientCredentialsAsync()).IsError(HttpStatusCode.Unauthorized, "invalid_client", "invalid client credentials");
        return host.Watched.Statements;
    }

    private async Task<Work> WorkAsync(string email, string password)
    {
        var browser = host.NewUserAgent();
        var page = (await browser.GetAsync("/sign-in")).Is(HttpStatusCode.OK);
        await using var redis = await TokenRedis.ConnectAsync(TokenRedis.Configure([host.Redis.Address]));
        await redis.GetServers().Single().ExecuteAsync("CONFIG", "RESETSTAT");
        host.Watched.Forget();
        (await browser.SubmitAsync(page, "/sign-in", ("Email", email), ("Password", password))).Is(HttpStatusCode.OK);
        return new Work(host.Watched.Hashes, host.Watched.Rounds, host.Watched.Statements, await CommandsAsync(redis));
    }

    /// <summary>
    /// The commands that were sent since the statistics were reset, and how often; those that a connection is kept up with are left out.
    /// </summary>
    private static async Task<IReadOnlyList<string>> CommandsAsync(IConnectionMultiplexer redis)
    {
        string[] ofConnections =
        [
            "ping", "echo", "info", "client", "config", "cluster", "hello", "auth", "select", "subscribe", "sentinel"
        ];
        return [.. (await redis.GetServers().Single().InfoAsync("commandstats"))
            .SelectMany(section => section)
            .Where(command => !ofConnections.Contains(command.Key["cmdstat_".Length..].Split('|')[0]))
            .Select(command => $"{command.Value.Split(',')[0]} of {command.Key}")
            .Order(StringComparer.Ordinal)];
    }

    private sealed record Work(int Hashes, int Rounds, IReadOnlyList<string> Statements, IReadOnlyList<string> Commands)
    {
        public bool Equals(Work? other) => other is not null && ToString() == other.ToString();

        public override int GetHashCode() => Hashes;

        public override string ToString() => $"{Hashes} hashes of {Rounds} rounds\n{string.Join('\n', [.. Statements, .. Commands])}";
    }

    /// <summary>
    /// Counts passwords that are hashed, and writes down the SQL of requests; what runs in the background is not of a request.
    /// </summary>
    internal sealed class Watch : DbCommandInterceptor
    {
        private readonly List<string> _statements = [];

        public int Hashes { get; private set; }

        /// <summary>Of all of them together.</summary>
        public int Rounds { get; private set; }

        public IReadOnlyList<string> Statements => [.. _statements];

        public void NoteHash(string hash)
        {
            Hashes++;
            Rounds += PasswordHash.RoundsOf(hash);
        }

        public void Forget()
        {
            (Hashes, Rounds) = (0, 0);
            _statements.Clear();
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Note(command);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Note(command);
            return new(result);
        }

        private void Note(DbCommand command)
        {
            if (new Microsoft.AspNetCore.Http.HttpContextAccessor().HttpContext is not null)
            {
                _statements.Add(command.CommandText);
            }
        }
    }

    internal sealed class CountingHasher(Watch watch, IOptions<PasswordHasherOptions> options) : PasswordHasher<User>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            watch.NoteHash(hashedPassword);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    public sealed class WatchedHost : AuthServerHost
    {
        internal Watch Watched { get; } = new();

        internal override void Observe(IServiceCollection services)
        {
            services.AddSingleton(Watched);
            services.AddHttpContextAccessor();
            services.AddScoped<IPasswordHasher<User>, CountingHasher>();
            services.ConfigureDbContext<AuthDbContext>(options => options.AddInterceptors(Watched));
        }
    }
}
