using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Tests.ServiceDefaults;

/// <summary>What a service does between SIGTERM and its end.</summary>
public sealed class ShutdownDelayTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    [Trait("Behaviour", "53")]
    public async Task Between_SIGTERM_and_the_end_requests_are_answered_each_on_its_last_connection_and_probes_say_that_it_goes()
    {
        await using var app = NewService("00:00:02");
        using var http = await StartAsync(app);
        using (var before = await http.GetAsync("/"))
        {
            Assert.NotEqual(true, before.Headers.ConnectionClose);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/alive")).StatusCode);
        }

        app.Lifetime.StopApplication();
        var stopping = app.StopAsync();

        // The connection that is open, and one that is opened only now.
        foreach (var path in (string[])["/", "/", "/fails"])
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(path == "/" ? HttpStatusCode.OK : HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.True(answer.Headers.ConnectionClose);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/alive")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/health")).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(stopping.IsCompleted);
        Assert.Equal("here", await http.GetStringAsync("/"));

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/"));
    }

    [Fact]
    public async Task Without_the_setting_a_service_ends_at_once()
    {
        await using var app = NewService(delay: null);
        using var http = await StartAsync(app);

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("00:01:00")]
    public void A_delay_that_no_orchestrator_would_wait_for_is_named_at_the_start(string delay)
    {
        var app = NewService(delay);

        var refusal = Assert.Throws<InvalidOperationException>(() => app.Services.GetServices<IHostedService>().ToList());

        Assert.Contains("Taskmaster:ShutdownDelay", refusal.Message, StringComparison.Ordinal);
    }

    private WebApplication NewService(string? delay)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Taskmaster:ShutdownDelay", delay)]);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.UseExceptionHandler(errors => errors.Run(_ => Task.CompletedTask));
        app.MapGet("/", () => "here");
        app.MapGet("/fails", string () => throw new NotSupportedException());
        app.MapDefaultEndpoints();
        return app;
    }

    private static async Task<HttpClient> StartAsync(WebApplication app)
    {
        await app.StartAsync();
        return new HttpClient { BaseAddress = new(app.Urls.Single()) };
    }
}
