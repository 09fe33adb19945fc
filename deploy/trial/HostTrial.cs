using System.Globalization;

namespace Taskmaster.Trial;

/// <summary>
/// Three hosts of everything but database and balancer, and each of them lost in the middle of sign-ins, in another way.
/// </summary>
internal sealed class HostTrial(HostNetwork network, ReplicaStack stack, HttpClient http)
{
    private const int Users = 6;
    private const int PerSecond = 100;

    // RFC 7636, appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static readonly TimeSpan AfterTheLast = TimeSpan.FromSeconds(5);

    public static Task RunAsync(string repository) => Interruption.RunAsync(async () =>
    {
        await using var network = new HostNetwork();
        await network.CreateAsync();
        await using var stack = new ReplicaStack(repository, StackLayout.ThreeHosts(network));
        await stack.StartAsync();
        using var http = stack.Edge.NewHttp();
        await Trial.UntilReadyAsync(http, stack.Origin);
        await ExpectSpreadAsync(stack.Redis);
        Trial.Say("three hosts, each with a replica of each service, a Redis primary and the replica of another host's; Redis and "
            + "Postgres by TLS");

        var trial = new HostTrial(network, stack, http);
        await trial.LoseAsync(network.Hosts[0], "its network cut", () => network.CutAsync(network.Hosts[0]));
        await trial.LoseAsync(network.Hosts[1], "everything on it killed", () => trial.KillAsync(network.Hosts[1]));
        await trial.LoseAsync(network.Hosts[2], "its network cut and everything on it killed", async () =>
        {
            await network.CutAsync(network.Hosts[2]);
            await trial.KillAsync(network.Hosts[2]);
        });
        await RollingRestart.RunAsync(stack, http, isAnnounced: false);
        await new ReplicationTrial(network, stack).RunAsync();
    });

    /// <summary>Each host has one primary, and no replica is with its primary.</summary>
    private static async Task ExpectSpreadAsync(RedisCluster redis)
    {
        var primaries = await redis.PrimariesAsync();
        var pairs = await Task.WhenAll(redis.Nodes.Except(primaries).Select(async replica =>
            (Replica: replica, Primary: await redis.PrimaryOfAsync(replica))));
        if (primaries.Select(node => node.Host).Distinct().Count() != redis.Shards
            || Array.Exists(pairs, pair => pair.Replica.Host == pair.Primary.Host))
        {
            throw new TrialException(string.Join('\n', pairs.Select(pair =>
                $"{pair.Replica.Host.Name} has the replica of {pair.Primary.Host.Name}'s {pair.Primary.Address}")));
        }
    }

    private async Task LoseAsync(Host host, string how, Func<Task> lose)
    {
        var users = new List<(Visitor Browser, OAuthClient Client, string Code)>();
        for (var i = 0; i < Users; i++)
        {
            users.Add(await OnConsentPageAsync());
        }

        using var load = await Load.StartAsync(PerSecond, stack, http);
        await lose();
        await Task.WhenAll(users.Select(EndSignInAsync));
        await Task.Delay(AfterTheLast);
        var result = await load.StopAsync();
        users.ForEach(user => user.Browser.Dispose());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"        {host.Name}, {how}: {result}; for {result.FailedFor.TotalSeconds:0.0} s some were answered otherwise than with "
            + $"success, each within {result.SlowestFailure.TotalSeconds:0.0} s"));
        if (result.Failed > 0)
        {
            Console.WriteLine(LoadResult.Details(result.Failures));
        }

        Trial.Expect(
            result.Undocumented.Count == 0,
            $"{host.Name} lost on the consent page, {how}: {Users} of {Users} users end their sign-ins on the others, their codes and "
            + $"{Users} of before are redeemed, tokens are refreshed, sessions go on; other answers are 503 with Retry-After within 3 s"
            + (result.Undocumented.Count == 0 ? "" : $":\n{LoadResult.Details(result.Undocumented)}"));
        await RestoreAsync(host);
    }

    /// <summary>A user who has a code of one client, and is asked whether another may have one.</summary>
    private async Task<(Visitor Browser, OAuthClient Client, string Code)> OnConsentPageAsync()
    {
        var (browser, client) = await new Flows(http, stack.Origin, stack.Edge).RegisterAsync();
        await browser.OpenAsync(client.AuthorizePath(Challenge));
        var code = await Flows.AllowAsync(browser);
        await browser.OpenAsync(client.AuthorizePath(Challenge) + "&prompt=consent");
        return (browser, client, code);
    }

    private async Task EndSignInAsync((Visitor Browser, OAuthClient Client, string Code) user)
    {
        var (browser, client, earlier) = user;
        foreach (var code in (string[])[await Flows.AllowAsync(browser), earlier])
        {
            var tokens = await UntilAnsweredAsync(() => client.RedeemAsync(code, Verifier));
            tokens = await UntilAnsweredAsync(() => client.RefreshAsync(tokens["refresh_token"]));
            _ = await UntilAnsweredAsync(() => client.TasksAsync(tokens["access_token"]));
        }

        await browser.OpenAsync("/developer");
    }

    /// <summary>As a client does it that is told to come again.</summary>
    private static async Task<Answer> UntilAnsweredAsync(Func<Task<Answer>> ask)
    {
        var answer = await ask();
        _ = await Wait.UntilAsync("it is answered", async () =>
        {
            if (answer is not { Status: 503, SaysWhenToComeAgain: true })
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
            answer = await ask();
            return false;
        }, () => $"{answer.Request}: {answer.Status} {answer.Body}");
        return answer.Is(200);
    }

    private Task KillAsync(Host host) => Task.WhenAll(ProgramsOf(host).Select(program => program.KillAsync()));

    private async Task RestoreAsync(Host host)
    {
        await network.ReconnectAsync(host);
        foreach (var program in ProgramsOf(host).Where(program => program.HasEnded))
        {
            program.StartAgain();
        }

        await stack.Redis.SpreadAsync();
        await Task.WhenAll(stack.Services.Select(stack.UntilReadyAsync));
    }

    private IEnumerable<RunningProgram> ProgramsOf(Host host) => stack.Services.Where(replica => replica.Host == host)
        .Select(replica => replica.Program!)
        .Concat(stack.Redis.Nodes.Where(node => node.Host == host).Select(node => node.Program!));
}
