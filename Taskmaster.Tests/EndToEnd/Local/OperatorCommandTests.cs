using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.ServiceDefaults;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What the dashboard and the command line offer on AuthServer's resource.</summary>
[Collection(Stack.Collection)]
public sealed class OperatorCommandTests(Stack stack)
{
    [Fact]
    public async Task The_signing_key_is_rotated_from_the_dashboard()
    {
        var commands = stack.App.Services.GetRequiredService<ResourceCommandService>();

        var result = await commands.ExecuteCommandAsync(ResourceNames.AuthServer, "rotate-keys");

        Assert.True(result.Success, result.Message);
    }

    [Fact]
    public async Task A_command_that_AuthServer_does_not_carry_out_is_told_as_failed()
    {
        var commands = stack.App.Services.GetRequiredService<ResourceCommandService>();

        var result = await commands.ExecuteCommandAsync(ResourceNames.AuthServer, "enable-user");

        Assert.False(result.Success);
    }
}
