namespace Taskmaster.Trial;

/// <summary>A user who signs in to an application, uses it and refreshes, again and again while something else goes on.</summary>
internal sealed class SignIns : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _failures = [];
    private readonly Task<int> _running;

    private SignIns(UserState state) => _running = RunAsync(state);

    public static SignIns Start(UserState state) => new(state);

    /// <returns>How many there were, and why some of them were not completed.</returns>
    public async Task<(int Count, IReadOnlyList<string> Failures)> StopAsync()
    {
        await _stop.CancelAsync();
        return (await _running, _failures);
    }

    public void Dispose() => _stop.Dispose();

    private async Task<int> RunAsync(UserState state)
    {
        var count = 0;
        for (; !_stop.IsCancellationRequested; count++)
        {
            try
            {
                await SignInAsync(state);
            }
            catch (Exception exception) when (exception is TrialException or HttpRequestException)
            {
                _failures.Add(exception.Message.Split('\n')[0]);
            }
        }

        return count;
    }

    private static async Task SignInAsync(UserState state)
    {
        var (code, verifier) = await Flows.AuthorizeUnaskedAsync(state.Browser, state.Client);
        var tokens = (await state.Client.RedeemAsync(code, verifier)).Is(200);
        _ = (await state.Client.TasksAsync(tokens["access_token"])).Is(200);
        tokens = (await state.Client.RefreshAsync(tokens["refresh_token"])).Is(200);
        _ = (await state.Client.TasksAsync(tokens["access_token"])).Is(200);
    }
}
