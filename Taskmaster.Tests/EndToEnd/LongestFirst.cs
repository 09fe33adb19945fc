using Taskmaster.Tests.EndToEnd.Local;
using Taskmaster.Tests.Fixtures;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Taskmaster.Tests.EndToEnd.LongestFirst", "Taskmaster.Tests")]

namespace Taskmaster.Tests.EndToEnd;

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
