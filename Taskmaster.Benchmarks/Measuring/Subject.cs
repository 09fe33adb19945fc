namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What a run compares.</summary>
internal enum Subject
{
    /// <summary>Taskmaster, what it could cost at least, and its peers: all flows.</summary>
    Everything,

    /// <summary>Only the floor and Taskmaster on Redis, and nothing that needs the run to be long.</summary>
    Short,

    /// <summary>Taskmaster by itself and through Web, and the peer that both are to be faster than.</summary>
    ThroughWeb,

    /// <summary>Taskmaster with and without telemetry, and on one core and two.</summary>
    Settings,

    /// <summary>Taskmaster and its peer by TLS: how much each answers, and how soon under a load below that.</summary>
    OpenLoop,

    /// <summary>Taskmaster and all its peers.</summary>
    Peers,

    /// <summary>Nothing: Taskmaster's round trips and SQL are counted, as JSON, which is what the tests look at.</summary>
    Counts,

    /// <summary>The API's tasks with the same by hand, for accounts of several sizes.</summary>
    Tasks,

    /// <summary>Creating and updating tasks with the same by hand, for one account.</summary>
    TaskWrites,

    /// <summary>The API with itself, tasks created over 16 to 1,000 connections.</summary>
    Ladder,
}
