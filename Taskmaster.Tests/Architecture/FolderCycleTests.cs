using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Taskmaster.Tests.Architecture;

public sealed class FolderCycleTests
{
    [Theory]
    [InlineData("Taskmaster.AppHost", 2)]
    [InlineData("Taskmaster.AuthServer", 20)]
    [InlineData("Taskmaster.Benchmarks", 6)]
    [InlineData("Taskmaster.ServiceDefaults", 5)]
    [InlineData("Taskmaster.TasksApi", 15)]
    [InlineData("Taskmaster.Tests", 10)]
    [InlineData("Taskmaster.TokenStore", 4)]
    [InlineData("Taskmaster.TokenStore.Conformance", 2)]
    [InlineData("Taskmaster.Web", 5)]
    public void A_folder_never_knows_who_uses_it(string project, int folders)
    {
        var architecture = new ArchLoader().LoadAssembly(Assembly.Load(project)).Build();
        var slices = SliceRuleDefinition.Slices().Matching($"{project}.(*)");

        Assert.True(slices.GetObjects(architecture).Count() >= folders, $"{project} has fewer folders than it should.");
        Assert.Empty(
            slices.Should().BeFreeOfCycles().Evaluate(architecture).Where(result => !result.Passed).Select(result => result.Description));
    }
}
