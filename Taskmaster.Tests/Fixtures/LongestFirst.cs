using Taskmaster.Tests.EndToEnd.Local;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Taskmaster.Tests.Fixtures.LongestFirst", "Taskmaster.Tests")]

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// The two collections that take minutes begin first, so that the suite does not end with one of them running by itself.
/// Nothing else depends on the order.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [HostProcessCollection.Name, Stack.Collection];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Long.Contains(collection.DisplayName));
}
