using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Taskmaster.ServiceDefaults.Hosting;

public static class ServiceClientExtensions
{
    /// <summary>
    /// For a service that calls others while somebody waits for its answer: try again soon, give up soon. What is not safe to
    /// repeat, a code or a refresh token for one, is not sent twice.
    /// </summary>
    public static IServiceCollection WaitBrieflyForServices(this IServiceCollection services) =>
        services.ConfigureAll<HttpStandardResilienceOptions>(options =>
        {
            options.Retry.ShouldHandle = static attempt => ValueTask.FromResult(IsFailure(attempt.Outcome));
            options.CircuitBreaker.ShouldHandle = static attempt => ValueTask.FromResult(IsFailure(attempt.Outcome));
            options.Retry.DisableForUnsafeHttpMethods();
            options.Retry.MaxRetryAttempts = 2;
            options.Retry.Delay = TimeSpan.FromMilliseconds(100);
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(2.4);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(2.5);
        });

    /// <summary>
    /// What trying again may mend. Too many requests of one user are an answer: to wait for them here would be too long, and to count them
    /// as failures would take the service from everybody else.
    /// </summary>
    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) =>
        HttpClientResiliencePredicates.IsTransient(outcome) && outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests;
}
