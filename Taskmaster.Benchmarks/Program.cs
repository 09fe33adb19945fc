using Taskmaster.Benchmarks;
using Taskmaster.Benchmarks.Board;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Sides.ByHand;
using Taskmaster.Benchmarks.Sides.Floor;
using Taskmaster.Benchmarks.Sides.Stock;
using Taskmaster.Benchmarks.Sides.Telemetry;

if (BenchmarkOptions.Of(args) is { } options)
{
    return await Comparison.RunAsync(options);
}

// What a run starts as its own children; the rest is for people.
switch (args)
{
    case ["--board"]:
        return await BoardRun.RunAsync();
    case [LoadGenerator.Name]:
        return await LoadGenerator.RunAsync();
    case [FloorSide.Name, var port, var redis, var postgres]:
        return await FloorHost.RunAsync(port, redis, postgres);
    case [ByHandSide.Name, var port, var redis, var postgres]:
        return await ByHandHost.RunAsync(port, redis, postgres);
    case [TelemetryReceiver.Name, var port]:
        return await TelemetryHost.RunAsync(port);
    case [StockSide.Name, var port, var auth, var tasks]:
        return await StockHost.RunAsync(port, auth, tasks);
    default:
        Console.Error.WriteLine("""
            dotnet run -c Release --project Taskmaster.Benchmarks [-- [part] [--only flows] [--rounds number]]

            Without a part everything, about half an hour. The parts:
              --short        the floor and Taskmaster only, about three minutes
              --through-web  Taskmaster by itself and through Web, and oidc-provider
              --settings     telemetry on and off, one core and two
              --open-loop    TLS and telemetry through Web at a fixed rate, and oidc-provider by TLS
              --peers        Taskmaster and all that it is compared with
              --task-writes  tasks created and updated and the same by hand, for one account
              --tasks        the API's tasks and the same by hand, for three accounts, about eight minutes
              --counts       round trips and SQL of each flow only, as JSON
              --ladder       tasks created by 16 to 1,000 connections, three minutes
              --board        the board with 500 tasks in a browser, one minute

            Flows are named as in Flows/Flow.cs, with commas between: --only Refresh,CodeFlow
            """);
        return 2;
}
