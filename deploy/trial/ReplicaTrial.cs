namespace Taskmaster.Trial;

/// <summary>What becomes of users, tokens and requests while replicas and Redis nodes go, on a <see cref="ReplicaStack"/>.</summary>
internal sealed class ReplicaTrial(ReplicaStack stack, HttpClient http)
{
    private const int Tokens = 300;

    public static Task RunAsync(string repository) => Interruption.RunAsync(async () =>
    {
        await using var stack = new ReplicaStack(repository, StackLayout.OneMachine(_ => 2));
        await stack.StartAsync();
        using var http = stack.Edge.NewHttp();
        await Trial.UntilReadyAsync(http, stack.Origin);
        Trial.Say("two replicas of each service, a Redis Cluster of three with replicas, Postgres behind PgBouncer in transaction mode");

        var trial = new ReplicaTrial(stack, http);
        await trial.FlowsWhileReplicasAreKilledAsync();
        await RollingRestart.RunAsync(stack, http, isAnnounced: true);
        await RollingRestart.RunAsync(stack, http, isAnnounced: false);
        await trial.RedisFailoverAsync();
    });

    /// <summary>Each replica of each service that a sign-in meets is killed once in the middle of one, by SIGKILL.</summary>
    private async Task FlowsWhileReplicasAreKilledAsync()
    {
        for (var number = 0; number < 2; number++)
        {
            var (browser, client) = await new Flows(http, stack.Origin, stack.Edge).RegisterAsync();
            using var user = browser;
            await browser.OpenAsync(client.AuthorizePath("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
            var killed = stack.Services.Where(replica => replica.Service is "authserver" or "web")
                .Chunk(2).Select(pair => pair[number]).ToList();
            await Task.WhenAll(killed.Select(replica => replica.Program!.KillAsync()));

            var code = await Flows.AllowAsync(browser);
            var tokens = (await client.RedeemAsync(code, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).Is(200);
            tokens = (await client.RefreshAsync(tokens["refresh_token"])).Is(200);
            _ = (await client.TasksAsync(tokens["access_token"])).Is(200);
            await browser.OpenAsync("/developer");
            Trial.Say($"{string.Join(" and ", killed.Select(replica => replica.Name))} killed on the consent page: the sign-in ends on "
                + "the others, the code is redeemed, the session goes on");
            await Task.WhenAll(killed.Select(replica =>
            {
                replica.Program!.StartAgain();
                return stack.UntilReadyAsync(replica);
            }));
        }
    }

    /// <summary>
    /// A primary of the cluster is killed: what was answered before must be as it was, but for what its replica had not received.
    /// </summary>
    private async Task RedisFailoverAsync()
    {
        var (browser, client) = await new Flows(http, stack.Origin, stack.Edge).RegisterAsync();
        using var user = browser;
        var alive = new List<string>();
        var revoked = new List<string>();
        var codes = new List<(string Code, string Verifier)>();
        for (var i = 0; i < Tokens; i++)
        {
            alive.Add((await client.ClientCredentialsAsync()).Is(200)["access_token"]);
            revoked.Add((await client.ClientCredentialsAsync()).Is(200)["access_token"]);
            if (i % 10 == 0)
            {
                codes.Add(await Flows.AuthorizeAsync(browser, client));
                _ = (await client.RedeemAsync(codes[^1].Code, codes[^1].Verifier)).Is(200);
            }

            _ = (await client.RevokeAsync(revoked[^1])).Is(200);
        }

        using var load = await Load.StartAsync(RollingRestart.PerSecond, stack, http);
        var primary = (await stack.Redis.PrimariesAsync())[0];
        await primary.Program!.KillAsync();
        var took = await Wait.UntilAsync("the cluster has chosen another primary", async () =>
            (await stack.Redis.AskAsync(stack.Redis.Nodes.First(node => node != primary), "CLUSTER INFO"))
                .Contains("cluster_state:ok", StringComparison.Ordinal)
            && (await stack.Redis.PrimariesAsync()).Count == stack.Redis.Shards);
        var recovered = await Wait.UntilAsync("tokens are issued again everywhere", async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                if ((await client.ClientCredentialsAsync()).Status != 200)
                {
                    return false;
                }
            }

            return true;
        });
        var result = await load.StopAsync();
        var (lost, back, twice) = (0, 0, 0);
        foreach (var token in alive)
        {
            lost += await client.IsActiveAsync(token) ? 0 : 1;
        }

        foreach (var token in revoked)
        {
            back += await client.IsActiveAsync(token) ? 1 : 0;
        }

        foreach (var (code, verifier) in codes)
        {
            twice += (await client.RedeemAsync(code, verifier)).Status == 200 ? 1 : 0;
        }

        Console.WriteLine($"        while it was away: {result}");
        Trial.Expect(result.Undocumented.Count == 0, $"each of those was 503 with Retry-After within 3 s{Undocumented(result)}");
        Trial.Expect(lost + back + twice == 0, $"a Redis primary killed under that load: another after {took.TotalSeconds:N1} s, tokens "
            + $"everywhere after {recovered.TotalSeconds:N1} s more; of {alive.Count} tokens {lost} lost, of {revoked.Count} revoked "
            + $"{back} back, of {codes.Count} redeemed codes {twice} redeemed again");
        primary.Program.StartAgain();
    }

    private static string Undocumented(LoadResult result) =>
        result.Undocumented.Count == 0 ? "" : $":\n{LoadResult.Details(result.Undocumented)}";
}
