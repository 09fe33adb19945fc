using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A client's own website on another origin, with a real page at its redirect URI.</summary>
public sealed class ClientWebsite : IAsyncDisposable
{
    private readonly WebApplication _site;

    private ClientWebsite(WebApplication site) => _site = site;

    public string RedirectUri => _site.Urls.Single() + "/auth/callback";

    public static async Task<ClientWebsite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var site = builder.Build();
        site.MapGet("/auth/callback", () => Results.Text("<!doctype html><title>The client</title>", "text/html"));
        await site.StartAsync();
        return new ClientWebsite(site);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
