namespace Taskmaster.TasksApi.Versions;

/// <summary>A resource in one of its states. The state's number is its strong entity tag (RFC 9110 §8.8.3).</summary>
internal interface IVersioned
{
    /// <summary>1 at creation, one more with every change.</summary>
    int Version { get; }

    /// <summary>When it was last changed, UTC.</summary>
    DateTime UpdatedAt { get; }
}
