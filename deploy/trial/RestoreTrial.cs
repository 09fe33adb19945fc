using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.Trial;

/// <summary>Both databases are lost and come back from a back-up, as docs/operations.md says.</summary>
internal sealed class RestoreTrial(ReplicaStack stack, HttpClient http)
{
    private const string Refused = "permission denied";

    public static Task RunAsync(string repository) => Interruption.RunAsync(async () =>
    {
        await using var stack = new ReplicaStack(repository, StackLayout.OneMachine(_ => 1));
        using var http = stack.Edge.NewHttp();
        await new RestoreTrial(stack, http).RunAsync();
    });

    private async Task RunAsync()
    {
        await stack.StartAsync();
        await Trial.UntilReadyAsync(http, stack.Origin);
        var flows = new Flows(http, stack.Origin);
        var kept = await UserState.MakeAsync(flows, "Written before the back-up");
        var eventsBefore = await EventsAsync();
        var dump = await TimeAsync(stack.BackUpAsync);
        var eventsAfter = await EventsAsync();
        Trial.Say($"backed up in {dump}, {stack.DumpSize / 1024:N0} KiB: a user, an application, a consent, a task, {eventsBefore} audit rows");

        var later = await UserState.MakeAsync(flows, "Written after the back-up");
        _ = (await kept.Client.TasksAsync(kept.OwnToken, newTitle: later.Title)).Is(201);
        await stack.StopServicesAsync();
        await stack.LoseDatabasesAsync();
        Trial.Say("more is written; then services are stopped, databases and roles are gone");

        var restore = await TimeAsync(stack.RestoreAsync);
        var events = await EventsAsync();
        Trial.Expect(
            eventsBefore <= events && events <= eventsAfter, $"restored in {restore}: of the audit trail what was there, {events} rows");
        var migrate = await TimeAsync(stack.MigrateAsync);
        await stack.Redis.FlushAsync();
        var start = await TimeAsync(async () =>
        {
            await stack.StartServicesAgainAsync();
            await Trial.UntilReadyAsync(http, stack.Origin);
            _ = await Wait.UntilAsync(
                "tokens are issued", async () => (await kept.Client.ClientCredentialsAsync()).Status == 200);
        });
        Trial.Say($"migrate {migrate}, FLUSHALL, services started: the first token after {start}");

        await kept.IsForgottenAsync();
        await later.IsUnknownAsync();
        Trial.Say("tokens, codes and refresh tokens of before are refused: 401, invalid_grant; a client of after the back-up is unknown");
        await SignInAgainAsync(flows, kept, later);
        await RolesHoldAsync();
    }

    private async Task SignInAgainAsync(Flows flows, UserState kept, UserState later)
    {
        await kept.Browser.OpenAsync("/developer");
        Trial.Expect(
            kept.Browser.Location.AbsolutePath == "/developer",
            "a browser of before the back-up, whose session at AuthServer was restored, is signed in again without a question");
        await Flows.SignOutAsync(kept.Browser);
        using var browser = await flows.SignInAsync(kept.Browser.Email);
        Trial.Expect(
            await IdTokens.VerifiesAsync(http, stack.Origin, kept.IdToken),
            "the key encryption key was kept: an id_token of before the back-up verifies");
        var own = (await kept.Client.ClientCredentialsAsync()).Is(200)["access_token"];
        var tasks = (await kept.Client.TasksAsync(own)).Is(200).Body;
        Trial.Expect(
            tasks.Contains(kept.Title, StringComparison.Ordinal) && !tasks.Contains(later.Title, StringComparison.Ordinal),
            "the client's secret is good; tasks are those of the back-up");
        var (code, verifier) = await Flows.AuthorizeUnaskedAsync(browser, kept.Client);
        var tokens = (await kept.Client.RedeemAsync(code, verifier)).Is(200);
        Trial.Expect(
            IdTokens.SubjectOf(tokens["id_token"]) == IdTokens.SubjectOf(kept.IdToken),
            "the user signs in by password, is not asked for consent again, and is the same to the client");
        using var stranger = await flows.SignInAsync(later.Browser.Email);
        Trial.Expect(
            stranger.Location.AbsolutePath == "/sign-in", "whoever signed up after the back-up is unknown, and signs up again");
    }

    /// <summary>What a role may do comes with the dump, and what it may not as well.</summary>
    private async Task RolesHoldAsync()
    {
        foreach (var statement in (string[])["UPDATE audit_events SET details = NULL", "DELETE FROM audit_events", "TRUNCATE audit_events"])
        {
            var answer = await stack.SqlAsync("taskmaster_authserver", "authdb", statement);
            if (!answer.Contains(Refused, StringComparison.Ordinal))
            {
                throw new TrialException($"'{statement}' as taskmaster_authserver was answered: {answer}");
            }
        }

        Trial.Expect(
            (await stack.SqlAsync("taskmaster_tasksapi", "authdb", "SELECT FROM users")).Contains(Refused, StringComparison.Ordinal)
            && (await stack.SqlAsync("taskmaster_web", "tasksdb", "SELECT 1")).Contains(Refused, StringComparison.Ordinal),
            "the roles have what they had: the audit trail is added to and cannot be changed");
    }

    private async Task<int> EventsAsync() => int.Parse(
        await stack.SqlAsync("postgres", "authdb", "SELECT count(*) FROM audit_events"), CultureInfo.InvariantCulture);

    private static async Task<string> TimeAsync(Func<Task> action)
    {
        var began = Stopwatch.GetTimestamp();
        await action();
        return string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s");
    }
}
