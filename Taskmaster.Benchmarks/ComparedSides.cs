using System.Globalization;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Sides.BetterAuth;
using Taskmaster.Benchmarks.Sides.ByHand;
using Taskmaster.Benchmarks.Sides.Floor;
using Taskmaster.Benchmarks.Sides.OidcProvider;
using Taskmaster.Benchmarks.Sides.Ours;
using Taskmaster.Benchmarks.Sides.Stock;
using Taskmaster.Benchmarks.Sides.Workers;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks;

/// <summary>The sides that a run compares, all started.</summary>
internal static class ComparedSides
{
    private const int TasksBeforeLadder = 100;

    private static readonly int[] Rungs = [16, 64, 256, 1000];

    public static async Task<IReadOnlyList<Side>> StartAsync(Run run, Subject subject)
    {
        var certificate = RunCertificate.Make(run);
        var ours = await TaskmasterSide.StartAsync(run);
        return subject switch
        {
            Subject.Counts => [ours],
            Subject.Tasks => await AccountsAsync(run, ours, TaskAccount.Sizes),
            Subject.TaskWrites => await TaskWritesAsync(run, ours),
            Subject.Ladder => await LadderAsync(ours),
            Subject.Short => [await FloorSide.StartAsync(run), ours, await TaskmasterSide.WithoutShortPathAsync(run, ours)],
            Subject.ThroughWeb => [ours, TaskmasterSide.BehindWeb(ours), .. (await OidcProviderSide.StartAsync(run, certificate)).Take(1)],
            Subject.Settings =>
            [
                ours,
                await TaskmasterSide.OnTwoCoresAsync(run, ours),
                .. (await TelemetrySides.StartAsync(run, ours, certificate)).Take(1),
            ],
            Subject.OpenLoop =>
            [
                .. (await TelemetrySides.StartAsync(run, ours, certificate)).Skip(1),
                .. (await OidcProviderSide.StartAsync(run, certificate)).Skip(1),
            ],
            Subject.Peers => [ours, .. (await PeersAsync(run, certificate)).Where(side => side.Kind is not SideKind.Tls)],
            _ => await EverythingAsync(run, ours, certificate),
        };
    }

    private static async Task<IReadOnlyList<Side>> EverythingAsync(Run run, Side ours, RunCertificate certificate) =>
    [
        await FloorSide.StartAsync(run),
        ours,
        TaskmasterSide.BehindWeb(ours),
        await TaskmasterSide.WithoutShortPathAsync(run, ours),
        await TaskmasterSide.OnTwoCoresAsync(run, ours),
        .. await TelemetrySides.StartAsync(run, ours, certificate),
        await TaskmasterSide.StartOnGarnetAsync(run),
        .. await PeersAsync(run, certificate),
        .. await TaskWritesAsync(run, ours),
    ];

    private static async Task<IReadOnlyList<Side>> PeersAsync(Run run, RunCertificate certificate)
    {
        Side?[] others = [await BetterAuthSide.StartAsync(run), await WorkersSide.StartAsync(run)];
        return [await StockSide.StartAsync(run), .. await OidcProviderSide.StartAsync(run, certificate), .. others.OfType<Side>()];
    }

    /// <summary>Each account is a side by hand and one of Taskmaster's API, so that the rounds alternate between all of them.</summary>
    private static async Task<IReadOnlyList<Side>> AccountsAsync(Run run, Side ours, IReadOnlyList<int> sizes)
    {
        var byHand = await ByHandSide.StartAsync(run, ours, TaskmasterSide.TasksDatabase);
        var sides = new List<Side>();
        foreach (var size in sizes)
        {
            var account = await TaskmasterSetup.NewAccountAsync(ours, size);
            await ByHandSide.AdmitAsync(byHand, account);
            sides.Add(byHand with { Name = TaskAccount.SideName(ByHandSide.Name, size), Tasks = account });
            sides.Add(TaskmasterSide.ApiFor(ours, account, size));
        }

        return sides;
    }

    private static async Task<IReadOnlyList<Side>> TaskWritesAsync(Run run, Side ours) =>
        [.. (await AccountsAsync(run, ours, [TaskAccount.Many])).Select(side => side with { Kind = SideKind.TaskWrites })];

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
