using Taskmaster.Benchmarks;
using Taskmaster.Benchmarks.Board;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Sides.ByHand;
using Taskmaster.Benchmarks.Sides.Floor;
using Taskmaster.Benchmarks.Sides.Stock;

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
    case [StockSide.Name, var port, var auth, var tasks]:
        return await StockHost.RunAsync(port, auth, tasks);
    default:
        Console.Error.WriteLine("""
            dotnet run -c Release --project Taskmaster.Benchmarks               everything, about half an hour
            dotnet run -c Release --project Taskmaster.Benchmarks -- --short    the floor and Taskmaster only, about three minutes
            dotnet run -c Release --project Taskmaster.Benchmarks -- --tasks    the API's tasks and the same by hand, about eight minutes
            dotnet run -c Release --project Taskmaster.Benchmarks -- --counts   round trips and SQL of each flow only, as JSON
            dotnet run -c Release --project Taskmaster.Benchmarks -- --ladder   tasks created by 16 to 1,000 connections, three minutes
            dotnet run -c Release --project Taskmaster.Benchmarks -- --board    the board with 500 tasks in a browser, one minute
            """);
        return 2;
}
