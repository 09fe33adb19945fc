using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What AppHost.cs gives each service.</summary>
[Collection(Stack.Collection)]
public sealed class EnvironmentTests(Stack stack)
{
    private const string WebClientSecret = "WebClient__Secret";

    [Theory]
    [InlineData(ResourceNames.AuthServer, true)]
    [InlineData(ResourceNames.TasksApi, false)]
    [InlineData(ResourceNames.Web, true)]
    public async Task A_service_is_given_the_public_origin_and_no_secret_but_its_own(string service, bool knowsWebsSecret)
    {
        var environment = await EnvironmentOfAsync(service);

        Assert.Equal(stack.PublicOrigin.GetLeftPart(UriPartial.Authority), environment["Taskmaster__PublicOrigin"]);
        Assert.Equal(await stack.ConnectionStringOf(ResourceNames.Redis), environment["ConnectionStrings__redis"]);
        Assert.Equal(knowsWebsSecret, environment.ContainsKey(WebClientSecret));
        Assert.Equal(43, environment["KeyRing__EncryptionKey"].Length);
    }

    private async Task<Dictionary<string, string>> EnvironmentOfAsync(string service)
    {
        var model = stack.App.Services.GetRequiredService<DistributedApplicationModel>();
        var configuration = await ExecutionConfigurationBuilder.Create(model.Resources.Single(resource => resource.Name == service))
            .WithEnvironmentVariablesConfig()
            .BuildAsync(stack.App.Services.GetRequiredService<DistributedApplicationExecutionContext>());
        return configuration.EnvironmentVariables.ToDictionary();
    }
}
