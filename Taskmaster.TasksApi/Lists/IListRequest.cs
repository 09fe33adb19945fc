namespace Taskmaster.TasksApi.Lists;

/// <summary>What every list can be asked: how much, from where on, in which order.</summary>
internal interface IListRequest
{
    /// <summary>Asks for a page of at most so many; as it was sent, because a number of any length is one.</summary>
    string? Limit { get; }

    /// <summary>Where the page before ended, from its <c>Link</c> header.</summary>
    string? Cursor { get; }

    /// <summary>The name of an order; a leading <c>-</c> turns it round.</summary>
    string? Sort { get; }
}
