using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.AppHost;

/// <summary>The account and the client that exist in development only.</summary>
internal sealed record Demo
{
    public required string UserId { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Password { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }
}

internal static class DemoExtensions
{
    /// <summary>
    /// Has the services make the demo account, tells how to use it, and offers commands for it. Outside development there is none,
    /// whatever the settings say.
    /// </summary>
    public static void AddDemo(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> web, IResourceBuilder<ProjectResource> authServer, IResourceBuilder<ProjectResource> tasksApi)
    {
        if (!builder.Environment.IsDevelopment() || builder.Configuration.GetSection("Demo").Get<Demo>() is not { } demo)
        {
            return;
        }

        foreach (var service in new[] { authServer, tasksApi })
        {
            service
                .WithEnvironment("Demo__UserId", demo.UserId)
                .WithEnvironment("Demo__Name", demo.Name)
                .WithEnvironment("Demo__Email", demo.Email)
                .WithEnvironment("Demo__Password", demo.Password)
                .WithEnvironment("Demo__ClientId", demo.ClientId)
                .WithEnvironment("Demo__ClientSecret", demo.ClientSecret);
        }

        _ = authServer.WithTestToken(demo, web).WithNewDemoClient();
        _ = tasksApi.WithDemoData();
        builder.Services.AddSingleton(demo);
        builder.Services.AddHostedService(host => ActivatorUtilities.CreateInstance<FirstSteps>(host, web.PublicEndpoint()));
    }
}
