namespace Taskmaster.Benchmarks.Sides;

/// <summary>What a side can be asked for.</summary>
internal enum SideKind
{
    /// <summary>What the least by hand is measured of.</summary>
    Floor,

    /// <summary>All flows of an authorization server, and ten tasks of an API.</summary>
    AuthorizationServer,

    /// <summary>The same, and an endpoint of the API that does nothing.</summary>
    Taskmaster,

    /// <summary>What Taskmaster's short path answers otherwise.</summary>
    WithoutShortPath,

    /// <summary>What users ask for, through the public origin.</summary>
    PublicOrigin,

    /// <summary>What is asked for most, by TLS.</summary>
    Tls,

    /// <summary>A token and ten tasks, with telemetry.</summary>
    WithTelemetry,

    /// <summary>A token, from a server that may use two cores.</summary>
    TwoCores,

    /// <summary>A token, ten tasks and a code flow, on another store.</summary>
    OtherStore,

    /// <summary>The flows of an authorization server whose codes are redeemed as part of the whole flow only, and no API.</summary>
    WithoutApi,

    /// <summary>Whole code flows and refreshing, from a server that has nothing else of what is measured.</summary>
    CodesOnly,

    /// <summary>What a stock server takes so long for that the rest is left out.</summary>
    Stock,

    /// <summary>Listing, reading, updating and creating the tasks of an account.</summary>
    Tasks,

    /// <summary>Updating and creating them only.</summary>
    TaskWrites,

    /// <summary>Creating tasks over a given number of connections; what is not answered in time is counted.</summary>
    Connections,
}
