namespace Taskmaster.Benchmarks.Sides;

/// <summary>What a side can be asked for.</summary>
internal enum SideKind
{
    /// <summary>A token by client credentials, and ten tasks without one.</summary>
    Floor,

    /// <summary>All flows of an authorization server, and ten tasks of an API.</summary>
    AuthorizationServer,

    /// <summary>The same, and an endpoint of the API that does nothing.</summary>
    Taskmaster,

    /// <summary>What Taskmaster's short path answers otherwise.</summary>
    WithoutShortPath,

    /// <summary>Listing, reading, updating and creating the tasks of an account.</summary>
    Tasks,

    /// <summary>Creating tasks over a given number of connections; what is not answered in time is counted.</summary>
    Connections,
}
