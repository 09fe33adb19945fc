namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What a run compares.</summary>
internal enum Subject
{
    /// <summary>Taskmaster, what it could cost at least, and its peers: all flows.</summary>
    Everything,

    /// <summary>Only the floor and Taskmaster on Redis, and nothing that needs the run to be long.</summary>
    Short,

    /// <summary>Nothing: Taskmaster's round trips and SQL are counted, as JSON, which is what the tests look at.</summary>
    Counts,

    /// <summary>The API's tasks with the same by hand, for accounts of several sizes.</summary>
    Tasks,

    /// <summary>The API with itself, tasks created over 16 to 1,000 connections.</summary>
    Ladder,
}
