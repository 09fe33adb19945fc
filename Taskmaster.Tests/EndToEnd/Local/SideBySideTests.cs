using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

[Collection(Stack.Collection)]
public sealed class SideBySideTests(Stack stack)
{
    [Fact]
    public async Task A_second_instance_runs_beside_the_first_with_data_of_its_own_and_may_have_Garnet_for_its_Redis()
    {
        var second = new Stack(["--Local:Redis=garnet"]);
        await second.InitializeAsync();
        try
        {
            Assert.NotEqual(stack.PublicOrigin, second.PublicOrigin);

            await stack.Redis.GetDatabase().StringSetAsync("side-by-side", "first");
            Assert.True((await second.Redis.GetDatabase().StringGetAsync("side-by-side")).IsNull);
            Assert.Equal("first", await stack.Redis.GetDatabase().StringGetAsync("side-by-side"));
            Assert.NotEqual(await stack.ConnectionStringOf(ResourceNames.AuthDb), await second.ConnectionStringOf(ResourceNames.AuthDb));
        }
        finally
        {
            await second.DisposeAsync();
        }
    }
}
