using System.Globalization;
using Taskmaster.Benchmarks;
using Taskmaster.Benchmarks.Connections;
using Taskmaster.Benchmarks.Hosts;
using Taskmaster.Benchmarks.Hosts.Stock;
using Taskmaster.Benchmarks.Load;

// The first line is for people; the others are what it starts as its own children.
return args switch
{
    ["--tasks"] => await TaskComparison.RunAsync(BenchmarkOptions.Of(args)),
    [] or ["--short"] or ["--counts"] => await Comparison.RunAsync(BenchmarkOptions.Of(args)),
    ["--ladder"] => await LadderRun.RunAsync(),
    ["load"] => await LoadGenerator.RunAsync(),
    ["floor", var port, var redis, var postgres] => await FloorHost.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), redis, postgres),
    ["by-hand", var port, var redis, var postgres] => await ByHandHost.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), redis, postgres),
    ["stock", var port, var auth, var tasks] => await StockHost.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), auth, tasks),
    _ => Usage.Show(),
};
