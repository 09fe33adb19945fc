using System.Diagnostics;
using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A Postgres that is frozen and not away. It bounds a time, so it runs alone.</summary>
[Collection(Alone.Name)]
public sealed class HangingPostgresTests
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(3);

    [Fact]
    [Trait("Behaviour", "51")]
    public async Task A_Postgres_that_hangs_is_a_503_in_time_for_all_who_ask()
    {
        await using var postgres = new PostgresProcess();
        await postgres.StartAsync();
        await postgres.CreateDatabaseAsync("authdb_of_tests");
        var host = new AuthServerHost(postgres.ConnectionString("authdb_of_tests"));
        await host.InitializeAsync();
        try
        {
            var client = await host.NewClientAsync();
            var user = await host.NewUserAsync();
            var alice = await host.NewUserAgent().SignInAsync(user);
            var unknown = new TestClient(host, "nobody", "nothing", client.RedirectUri, client.Owner);
            Func<Task<Answer>>[] requests =
            [
                () => alice.GetAsync(client.AuthorizeUrl(), accept: "*/*"), () => unknown.ClientCredentialsAsync()
            ];

            // The authorization requests are asked together, in batches one after the other (docs/performance.md).
            var asked = Enumerable.Repeat(requests, 40).SelectMany(some => some).ToList();
            await Task.WhenAll(asked.Select(ask => ask()));
            (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

            await postgres.FreezeAsync();
            var answers = await Task.WhenAll(asked.Select(async ask =>
            {
                var started = Stopwatch.GetTimestamp();
                return (Answer: await ask(), Time: Stopwatch.GetElapsedTime(started));
            }));

            Assert.All(answers, answer =>
            {
                answer.Answer.IsError(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable", "The service is temporarily "
                    + "unavailable. Try again shortly.");
                Assert.NotNull(answer.Answer.Message.Headers.RetryAfter!.Delta);
                Assert.InRange(answer.Time, TimeSpan.Zero, Promptly);
            });

            // Who is known needs no Postgres.
            (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        }
        finally
        {
            await postgres.ThawAsync();
            await host.DisposeAsync();
        }
    }
}
