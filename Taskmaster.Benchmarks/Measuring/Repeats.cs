using Taskmaster.Benchmarks.Load;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>
/// Does again what failed because a request was not answered as it should be: seldom, on a machine whose disk takes no writes for a
/// second, say.
/// </summary>
/// <param name="most">How many times in all; the next failure ends the run.</param>
internal sealed class Repeats(int most)
{
    public int Count { get; private set; }

    public async Task<T> RunAsync<T>(Func<Task<T>> measure)
    {
        while (true)
        {
            try
            {
                return await measure();
            }
            catch (FailedFlowsException exception) when (Count < most)
            {
                Count++;
                await Console.Error.WriteLineAsync($"again: {exception.Message}");
            }
        }
    }
}
