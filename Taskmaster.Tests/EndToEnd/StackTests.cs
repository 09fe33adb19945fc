using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

[Collection(Stack.Collection)]
public sealed class StackTests(Stack stack)
{
    [Theory]
    [InlineData(ResourceNames.AuthServer)]
    [InlineData(ResourceNames.TasksApi)]
    [InlineData(ResourceNames.Web)]
    public async Task Every_service_says_that_it_is_ready_and_alive(string service)
    {
        using var client = stack.CreateClient(service);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive")).StatusCode);
    }

    [Theory]
    [InlineData(ResourceNames.AuthDb)]
    [InlineData(ResourceNames.TasksDb)]
    public async Task Every_database_is_there_under_its_own_name(string database)
    {
        await using var connection = await stack.OpenAsync(database);

        Assert.Equal(database, connection.Database);
    }

    [Fact]
    public async Task Redis_answers_with_the_password_only()
    {
        Assert.True(await stack.Redis.GetDatabase().PingAsync() > TimeSpan.Zero);

        var options = ConfigurationOptions.Parse(await stack.ConnectionStringOf(ResourceNames.Redis));
        options.Password = "another";
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    [Fact]
    public async Task Where_a_development_certificate_is_trusted_Redis_still_speaks_no_TLS()
    {
        Assert.False(ConfigurationOptions.Parse(await stack.ConnectionStringOf(ResourceNames.Redis)).Ssl);
        Assert.Single(stack.App.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .Single(resource => resource.Name == ResourceNames.Redis).Annotations.OfType<EndpointAnnotation>());
    }
}
