using System.Diagnostics;

namespace Taskmaster.Trial;

/// <summary>An older version is replaced by this one and comes back, replica by replica, while requests go on.</summary>
internal sealed class UpgradeTrial(ReplicaStack stack, HttpClient http, string older)
{
    private const int PerSecond = 200;

    private int _failed;

    public static Task RunAsync(string repository, string older) => Interruption.RunAsync(async () =>
    {
        await using var stack = new ReplicaStack(repository, StackLayout.OneMachine(_ => 2));
        using var http = stack.Edge.NewHttp();
        await new UpgradeTrial(stack, http, older).RunAsync();
    });

    private async Task RunAsync()
    {
        await stack.StartAsync(older);
        await Trial.UntilReadyAsync(http, stack.Origin);
        var flows = new Flows(http, stack.Origin);
        var old = await UserState.MakeAsync(flows, "Written by the older version");
        Trial.Say("two replicas of each service of the older version; a user, an application, a task, a session, tokens, a code");

        await UnderLoadAsync("upgrade", old, async () =>
        {
            var began = Stopwatch.GetTimestamp();
            await stack.MigrateAsync();
            var took = Stopwatch.GetElapsedTime(began);
            await ReplaceAllAsync(null);
            return $"migrate {took.TotalSeconds:N1} s, then {stack.Services.Count} processes";
        });
        old = await old.GoesOnAsync(http, stack.Origin);
        Trial.Say("upgraded: session, access tokens, refresh token, code, consent, client secret and id_token of before are good");

        var made = await UserState.MakeAsync(flows, "Written by the newer version");
        var program = await flows.RegisterForEs256Async();
        var (code, verifier) = await Flows.AuthorizeAsync(made.Browser, program);
        var byEs256 = (await program.RedeemAsync(code, verifier)).Is(200);
        Trial.Expect(
            IdTokens.AlgorithmOf(byEs256["id_token"]) == "ES256"
            && await IdTokens.VerifiesAsync(http, stack.Origin, byEs256["id_token"]),
            "the same made by the newer version; beside it a client whose id_tokens are by ES256, which the older does not know");

        await UnderLoadAsync("roll back", old, async () =>
        {
            await ReplaceAllAsync(older);
            return $"no migration undone, {stack.Services.Count} processes";
        });
        old = await old.GoesOnAsync(http, stack.Origin);
        made = await made.GoesOnAsync(http, stack.Origin);
        Trial.Say("rolled back: all of both is good, what the newer version issued included");
        await UnknownToTheOlderAsync(program, byEs256);

        await UnderLoadAsync("upgrade again", old, async () =>
        {
            await stack.MigrateAsync();
            await ReplaceAllAsync(null);
            return "migrate, and the processes";
        });
        _ = await old.GoesOnAsync(http, stack.Origin);
        _ = await made.GoesOnAsync(http, stack.Origin);
        Trial.Expect(
            await IdTokens.VerifiesAsync(http, stack.Origin, byEs256["id_token"]),
            "upgraded again: all of both is good, and the id_token by ES256 of before the roll-back verifies");
        if (_failed > 0)
        {
            throw new TrialException($"{_failed} of three replacements were noticed.");
        }
    }

    /// <summary>What the changelog has to say of a new column: how the older version goes on without it.</summary>
    private async Task UnknownToTheOlderAsync(OAuthClient client, Answer tokens)
    {
        var refreshed = (await client.RefreshAsync(tokens["refresh_token"])).Is(200);
        var verifies = await IdTokens.VerifiesAsync(http, stack.Origin, tokens["id_token"]);
        Trial.Say($"rolled back: the client by ES256 refreshes and gets an id_token by {IdTokens.AlgorithmOf(refreshed["id_token"])}; "
            + $"its id_token of before {(verifies ? "verifies" : "does not verify while the older version runs")}");
    }

    /// <summary>In the order of docs/operations.md.</summary>
    private async Task ReplaceAllAsync(string? by)
    {
        foreach (var replica in stack.Services)
        {
            await stack.ReplaceAsync(replica, by);
        }
    }

    private async Task UnderLoadAsync(string what, UserState state, Func<Task<string>> action)
    {
        var askedAgain = state.Browser.AskedAgain;
        var client = state.Client;
        using var load = Load.Start(
            PerSecond, client.ClientCredentialsAsync, () => client.TasksAsync(state.OwnToken), IssuedAndUsedAsync,
            () => client.IntrospectAsync(state.AccessToken));
        using var signIns = SignIns.Start(state);
        var done = await action();
        var (count, failures) = await signIns.StopAsync();
        var result = await load.StopAsync();
        var line = $"{what}, {done}, at {PerSecond} requests a second: {result}; {count} sign-ins with a refresh, {failures.Count} failed, "
            + $"{state.Browser.AskedAgain - askedAgain} pages of them asked for again";
        if (result.Failed + failures.Count == 0)
        {
            Trial.Say(line);
            return;
        }

        // What is there afterwards is looked at all the same.
        _failed++;
        var said = stack.Services.SelectMany(replica => replica.Program!.Output.Split('\n')
            .Where(text => text.Contains("answered 503", StringComparison.Ordinal))
            .Select(text => $"{replica.Name}: {text.Trim()}"));
        Console.WriteLine(string.Join("\n        ", (string[])[$"FAILED  {line}", .. failures.Distinct(), .. said]));

        // By whichever replica, of whichever version.
        async Task<Answer> IssuedAndUsedAsync()
        {
            var issued = await client.ClientCredentialsAsync();
            return issued.Status == 200 ? await client.TasksAsync(issued["access_token"]) : issued;
        }
    }
}
