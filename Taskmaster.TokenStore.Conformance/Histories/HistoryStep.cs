namespace Taskmaster.TokenStore.Conformance.Histories;

/// <summary>One thing a worker does to the one grant of a history.</summary>
internal enum HistoryStep
{
    /// <summary>Presents the code.</summary>
    Redeem,

    /// <summary>Presents the refresh token the code bought.</summary>
    RefreshFirst,

    /// <summary>Presents the refresh token that one bought.</summary>
    RefreshSecond,

    /// <summary>Ends the grant.</summary>
    Revoke,

    /// <summary>Asks for the status of the access token the code bought.</summary>
    Look,
}
