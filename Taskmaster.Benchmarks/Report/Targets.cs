using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Sides.ByHand;
using Taskmaster.Benchmarks.Sides.Floor;
using Taskmaster.Benchmarks.Sides.OidcProvider;
using Taskmaster.Benchmarks.Sides.Ours;
using Taskmaster.Benchmarks.Sides.Stock;

namespace Taskmaster.Benchmarks.Report;

/// <summary>The figures to reach, each against what it is compared with in the same round.</summary>
internal static class Targets
{
    private const string Ours = TaskmasterSide.OnRedis;
    private const string Peer = OidcProviderSide.Name;
    private const string Web = TaskmasterSide.ThroughWeb;

    public static IReadOnlyList<Target> Of(Findings findings)
    {
        var ratios = new RatioTargets(findings.Flows);
        return
        [
            ratios.AtLeast("client credentials", 1.6, Flow.ClientCredentials, Ours, Peer),
            ratios.AtMost("client credentials, CPU of server and Redis", 1.3, Flow.ClientCredentials, Ours, FloorSide.Name),
            ratios.CheaperThan("client credentials, CPU", 30, Flow.ClientCredentials, Ours, StockSide.Name),
            ratios.AtLeast("introspection", 2.2, Flow.Introspection, Ours, Peer),
            FoundTargets.TokenCheck(findings),
            FoundTargets.ProofCheck(findings),
            ratios.AtLeast("GET 10 tasks, token checked, separate services", 2.5, Flow.ApiRequest, Ours, Peer),
            ratios.AtMost("GET 10 tasks, CPU", 2, Flow.ApiRequest, Ours, FloorSide.Name),
            ratios.AtLeast("refresh", 3, Flow.Refresh, Ours, Peer),
            ratios.AtLeast("whole code flows, RS256", 2.6, Flow.CodeFlow, Ours, Peer),
            ratios.Es256("whole code flows, ES256", 3.5, Ours, Peer),
            ratios.AtMost("whole code flow, CPU", 1.5, Flow.CodeFlow, Ours, FloorSide.Name),
            .. ThroughWeb(ratios, Flow.ClientCredentials, 3.5),
            .. ThroughWeb(ratios, Flow.Introspection, 4),
            .. ThroughWeb(ratios, Flow.ApiRequest, 5),
            .. OpenLoopReport.Targets(findings),
            .. TaskWrites(ratios),
            ratios.AtMost("client credentials on two cores, CPU of AuthServer", 1.1, Flow.ClientCredentials,
                TaskmasterSide.OnTwoCores, Ours, round => round.ServerMs),
            ratios.AtMost("client credentials with telemetry, CPU", 1.1, Flow.ClientCredentials, TelemetrySides.Direct, Ours),
            ratios.AtMost("GET 10 tasks with telemetry, CPU", 1.1, Flow.ApiRequest, TelemetrySides.Direct, Ours),
            .. FoundTargets.RoundTrips(findings),
            FoundTargets.TokenBytes(findings),
            FoundTargets.Expiry(findings),
            FoundTargets.Resident("AuthServer", TaskmasterProcess.AuthServer(Ours), findings),
            FoundTargets.Resident("TasksApi", TaskmasterProcess.TasksApi(Ours), findings),
            FoundTargets.Resident("Web", TaskmasterProcess.Web(Ours), findings),
        ];
    }

    private static IEnumerable<Target> ThroughWeb(RatioTargets ratios, Flow flow, double times)
    {
        var what = flow.Name() + " through Web";
        yield return ratios.AtMost(what + ", CPU", 1.6, flow, Web, Ours);
        yield return ratios.AtLeast(what + ", rate", 0.65, flow, Web, Ours);
        yield return ratios.AtLeast(what, times, flow, Web, Peer);
    }

    private static IEnumerable<Target> TaskWrites(RatioTargets ratios)
    {
        var (ours, byHand) = (
            TaskAccount.SideName(Ours, TaskAccount.Many), TaskAccount.SideName(ByHandSide.Name, TaskAccount.Many));
        yield return ratios.AtMost("create a task, CPU", 1.4, Flow.CreateTask, ours, byHand);
        yield return ratios.AtMost("update a task, CPU", 1.4, Flow.UpdateTask, ours, byHand);
    }
}
