using Microsoft.Extensions.DependencyInjection;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Tests.AuthServer;

/// <summary>The server with a second resource, for what only shows where there are two.</summary>
public sealed class TwoResourcesHost : AuthServerHost
{
    public const string Api = Origin + "/api";
    public const string Other = Origin + "/other";

    internal override void Observe(IServiceCollection services) =>
        services.AddSingleton(new PublicOrigin { Uri = new Uri(Origin), ProtectedResources = [Api, Other] });
}
