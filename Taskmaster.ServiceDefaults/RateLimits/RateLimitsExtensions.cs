using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Taskmaster.ServiceDefaults.RateLimits;

public static class RateLimitsExtensions
{
    /// <summary>A policy with its default; settings below <c>RateLimits:{name}</c> replace it and are checked at start.</summary>
    public static void AddRateLimit(this IHostApplicationBuilder builder, string name, long limit, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        services.AddOptions<RateLimitOptions>(name)
            .Configure(options => (options.Limit, options.Window) = (limit, window))
            .BindConfiguration($"{RateLimitOptions.Section}:{name}")
            .Validate(
                options => options.IsValid,
                $"{RateLimitOptions.Section}:{name} needs a Limit of 1 or more and a Window from one second to one hour.")
            .ValidateOnStart();
        services.AddSingleton(
            provider => new RateLimitPolicy(name, provider.GetRequiredService<IOptionsMonitor<RateLimitOptions>>().Get(name)));

        services.TryAddSingleton<RateLimitMetrics>();
        services.TryAddSingleton<RateLimitCounts>();
        services.TryAddSingleton<RateLimiter>();
        services.AddHostedService<RateLimitExchange>();
    }

    /// <param name="app">The pipeline.</param>
    /// <param name="rules">The rule for a request; null for one that is not limited.</param>
    /// <param name="refuse">Writes the body of a 429, whose header fields are set already.</param>
    public static void UseRateLimits(
        this IApplicationBuilder app, Func<HttpContext, RateLimitRule?> rules, Func<HttpContext, RateLimitDecision, Task> refuse) =>
        app.UseMiddleware<RateLimitMiddleware>(rules, refuse);
}
