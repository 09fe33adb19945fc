using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Taskmaster.LocalHost.Running;
using Taskmaster.LocalHost.Testing;

namespace Aspire.Hosting;

/// <summary>An application of several services and stores, started and stopped as one.</summary>
public sealed class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly LocalRun _run;
    private readonly TestingSession? _testing;

    internal DistributedApplication(IHost host, TestingSession? testing)
    {
        _host = host;
        _testing = testing;
        _run = host.Services.GetRequiredService<LocalRun>();
    }

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DistributedApplicationBuilder(options);
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _host.StartAsync(cancellationToken);
        await _run.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        // The host goes last: its lifetime is what keeps a second Ctrl+C from ending the process half way.
        await _run.StopAsync();
        await _host.StopAsync(cancellationToken);
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Starts the application and runs it until it is told to stop, or until it cannot start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_testing is not null)
        {
            // A test starts and stops the application itself; the AppHost's own call only waits for the end.
            await _testing.Ended;
            return;
        }

        try
        {
            await UntilToldToStopAsync(cancellationToken);
        }
        catch (DistributedApplicationException failure)
        {
            await Console.Error.WriteLineAsync($"{Environment.NewLine}{failure.Message}");
            Environment.ExitCode = 1;
        }
        finally
        {
            await StopAsync(CancellationToken.None);
            await DisposeAsync();
        }
    }

    private async Task UntilToldToStopAsync(CancellationToken cancellationToken)
    {
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var hangup = StopSignals.OnHangup(lifetime);
        using var console = ConsoleReport.Begin(Services);

        try
        {
            await StartAsync(stopping.Token);
            await _run.Failure.WaitAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            console.Stopping();
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
