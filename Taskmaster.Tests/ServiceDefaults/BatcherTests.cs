using System.Globalization;
using Taskmaster.ServiceDefaults.Fast;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.ServiceDefaults;

public sealed class BatcherTests
{
    private readonly HeldWork _work = new();
    private readonly List<int> _sizes = [];

    [Fact]
    public async Task What_is_asked_until_its_turn_is_one_batch_and_each_has_the_result_of_their_own()
    {
        var batcher = Batcher(mostInOne: 10);

        Task<string>[] results = [batcher.RunAsync(1), batcher.RunAsync(2), batcher.RunAsync(3)];
        Assert.Equal(1, _work.Count);
        Assert.DoesNotContain(results, result => result.IsCompleted);

        _work.DoNext();
        Assert.Equal(["1", "2", "3"], await Task.WhenAll(results));
        Assert.Equal([3], _sizes);
    }

    [Fact]
    public async Task What_is_asked_after_its_turn_is_the_next_batch()
    {
        var batcher = Batcher(mostInOne: 10);

        var first = batcher.RunAsync(1);
        _work.DoNext();
        var second = batcher.RunAsync(2);
        _work.DoNext();

        Assert.Equal(["1", "2"], await Task.WhenAll(first, second));
        Assert.Equal([1, 1], _sizes);
    }

    [Fact]
    public async Task A_batch_takes_no_more_than_it_may()
    {
        var batcher = Batcher(mostInOne: 2);

        var results = Enumerable.Range(1, 5).Select(batcher.RunAsync).ToArray();
        while (_work.Count > 0)
        {
            _work.DoNext();
        }

        Assert.Equal(["1", "2", "3", "4", "5"], await Task.WhenAll(results));
        Assert.Equal([2, 2, 1], _sizes);
    }

    [Fact]
    public async Task While_enough_are_under_way_what_is_asked_waits_to_be_one_batch()
    {
        var gate = new TaskCompletionSource();
        var batcher = new Batcher<int, string>(10, 1, asked => AfterAsync(gate.Task, asked), _work.Hold);

        var first = batcher.RunAsync(1);
        _work.DoNext();
        Task<string>[] rest = [batcher.RunAsync(2), batcher.RunAsync(3)];
        Assert.Equal(0, _work.Count);

        // On a thread of the pool, where what waits for it goes on before this does.
        await Task.Run(gate.SetResult);
        Assert.Equal("1", await first);
        Assert.Equal(1, _work.Count);

        _work.DoNext();
        Assert.Equal(["2", "3"], await Task.WhenAll(rest));
    }

    [Fact]
    public async Task What_goes_wrong_is_told_to_those_who_have_no_result_yet()
    {
        var batcher = Batcher(mostInOne: 10);

        var (before, failing, behind) = (batcher.RunAsync(1), batcher.RunAsync(-1), batcher.RunAsync(2));
        _work.DoNext();

        Assert.Equal("1", await before);
        var told = await Assert.ThrowsAsync<TimeoutException>(() => failing);
        Assert.Same(told, await Assert.ThrowsAsync<TimeoutException>(() => behind));
    }

    [Fact]
    public async Task Nobody_is_left_waiting_where_results_are_missing()
    {
        var batcher = new Batcher<int, string>(10, 1, asked => RunAsync(asked.Take(1)), _work.Hold);

        var (has, hasNot) = (batcher.RunAsync(1), batcher.RunAsync(2));
        _work.DoNext();

        Assert.Equal("1", await has);
        await Assert.ThrowsAsync<InvalidOperationException>(() => hasNot);
    }

    [Fact]
    public async Task It_is_done_in_the_context_of_who_asked_first()
    {
        var context = new AsyncLocal<string>();
        var batcher = new Batcher<int, string?>(2, 1, asked => ContextAsync(asked, context), _work.Hold);

        Task<string?> Ask(string request)
        {
            context.Value = request;
            return batcher.RunAsync(1);
        }

        Task<string?>[] contexts = [Ask("a"), Ask("b"), Ask("c")];
        while (_work.Count > 0)
        {
            _work.DoNext();
        }

        Assert.Equal<IEnumerable<string?>>(["a", "a", "c"], await Task.WhenAll(contexts));
    }

    [Fact]
    public async Task Many_at_once_have_each_their_own_result()
    {
        var batcher = new Batcher<int, string>(7, 3, LaterAsync);

        await Parallel.ForAsync(0, 5_000, async (number, _) =>
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), await batcher.RunAsync(number)));
    }

    private Batcher<int, string> Batcher(int mostInOne) => new(
        mostInOne,
        mostUnderWay: 1,
        asked =>
        {
            _sizes.Add(asked.Count);
            return RunAsync(asked);
        },
        _work.Hold);

    private static async IAsyncEnumerable<string> RunAsync(IEnumerable<int> asked)
    {
        foreach (var number in asked)
        {
            await Task.CompletedTask;
            yield return number >= 0 ? number.ToString(CultureInfo.InvariantCulture) : throw new TimeoutException();
        }
    }

    private static async IAsyncEnumerable<string> AfterAsync(Task before, IEnumerable<int> asked)
    {
        await before.ConfigureAwait(false);
        await foreach (var result in RunAsync(asked).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private static async IAsyncEnumerable<string> LaterAsync(IEnumerable<int> asked)
    {
        foreach (var number in asked)
        {
            await Task.Yield();
            yield return number.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static async IAsyncEnumerable<string?> ContextAsync(IEnumerable<int> asked, AsyncLocal<string> context)
    {
        foreach (var _ in asked)
        {
            await Task.CompletedTask;
            yield return context.Value;
        }
    }
}
