using System.Globalization;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Sides.ByHand;
using Taskmaster.Benchmarks.Sides.Floor;
using Taskmaster.Benchmarks.Sides.OidcProvider;
using Taskmaster.Benchmarks.Sides.Ours;
using Taskmaster.Benchmarks.Sides.Stock;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks;

/// <summary>The sides that a run compares, all started.</summary>
internal static class ComparedSides
{
    private const int TasksBeforeLadder = 100;

    private static readonly int[] Rungs = [16, 64, 256, 1000];

    public static async Task<IReadOnlyList<Side>> StartAsync(Run run, Subject subject)
    {
        var ours = await TaskmasterSide.StartAsync(run);
        return subject switch
        {
            Subject.Counts => [ours],
            Subject.Tasks => await AccountsAsync(run, ours),
            Subject.Ladder => await LadderAsync(ours),
            Subject.Short => await FloorAsync(run, ours),
            _ => [.. await FloorAsync(run, ours), .. await PeersAsync(run)],
        };
    }

    private static async Task<Side[]> FloorAsync(Run run, Side ours) =>
        [await FloorSide.StartAsync(run), ours, await TaskmasterSide.WithoutShortPathAsync(run, ours)];

    private static async Task<IEnumerable<Side>> PeersAsync(Run run)
    {
        Side?[] peers =
        [
            await TaskmasterSide.StartOnGarnetAsync(run),
            await StockSide.StartAsync(run),
            await OidcProviderSide.StartAsync(run),
        ];
        return peers.OfType<Side>();
    }

    /// <summary>Each account is a side by hand and one of Taskmaster's API, so that the rounds alternate between all of them.</summary>
    private static async Task<IReadOnlyList<Side>> AccountsAsync(Run run, Side ours)
    {
        var byHand = await ByHandSide.StartAsync(run, ours, TaskmasterSide.TasksDatabase);
        var sides = new List<Side>();
        foreach (var size in TaskAccount.Sizes)
        {
            var account = await TaskmasterSetup.NewAccountAsync(ours, size);
            await ByHandSide.AdmitAsync(byHand, account);
            sides.Add(byHand with { Name = TaskAccount.SideName(ByHandSide.Name, size), Tasks = account });
            sides.Add(TaskmasterSide.ApiFor(ours, account, size));
        }

        return sides;
    }

    /// <summary>The same API and account at every rung, over ever more connections.</summary>
    private static async Task<IReadOnlyList<Side>> LadderAsync(Side ours)
    {
        var api = TaskmasterSide.ApiFor(ours, await TaskmasterSetup.NewAccountAsync(ours, TasksBeforeLadder), TasksBeforeLadder);
        return [.. Rungs.Select(connections => api with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{connections:N0} connections"),
            Kind = SideKind.Connections,
            Connections = connections,
        })];
    }
}
