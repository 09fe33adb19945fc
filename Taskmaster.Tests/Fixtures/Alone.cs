namespace Taskmaster.Tests.Fixtures;

/// <summary>For tests that bound a time: they run when all others are through, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
