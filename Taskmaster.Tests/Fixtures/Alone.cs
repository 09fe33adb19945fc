namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// For tests that bound a time, and for those that load a store so much that others beside them would make it time out: they run
/// when all others are through, one after the other.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
