using Microsoft.AspNetCore.Http;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>Counts a request before anything else is done for it, and refuses it when it is one too many.</summary>
internal sealed class RateLimitMiddleware(
    RequestDelegate next,
    RateLimiter limiter,
    IEnumerable<RateLimitPolicy> policies,
    RateLimitMetrics metrics,
    Func<HttpContext, RateLimitRule?> rules,
    Func<HttpContext, RateLimitDecision, Task> refuse)
{
    private readonly Dictionary<string, RateLimitPolicy> _policies = policies.ToDictionary(policy => policy.Name);

    public Task InvokeAsync(HttpContext context) => rules(context) is { } rule ? LimitAsync(context, rule) : next(context);

    private async Task LimitAsync(HttpContext context, RateLimitRule rule)
    {
        var policy = _policies[rule.Policy];
        var unauthorized = rule.Unauthorized is null ? null : _policies[rule.Unauthorized];
        var address = unauthorized is null ? string.Empty : CallerAddress.Of(context);
        if (unauthorized is not null
            && limiter.Peek(unauthorized, address) is { IsAdmitted: false } blocked
            && !await IsProvenAsync(context, rule, policy, address))
        {
            await RefuseAsync(context, blocked);
            return;
        }

        var caller = await rule.Caller(context);
        var decision = rule.Exact ? await limiter.TakeExactlyAsync(policy, caller) : limiter.Take(policy, caller);
        if (!decision.IsAdmitted)
        {
            await RefuseAsync(context, decision);
            return;
        }

        decision.WriteTo(context.Response.Headers);
        await next(context);

        if (unauthorized is null)
        {
            return;
        }

        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            _ = limiter.Take(unauthorized, address);
        }
        else if (caller == address)
        {
            await MoveAsync(context, rule, policy, address);
        }
    }

    private async ValueTask<bool> IsProvenAsync(HttpContext context, RateLimitRule rule, RateLimitPolicy policy, string address) =>
        rule.Proof is { } proof
        && (await proof(context, false) ?? (limiter.Take(policy, address).IsAdmitted && await proof(context, true) is true));

    /// <summary>
    /// Moves a request from the address's count to the client's, when the client was authenticated only while it was answered.
    /// </summary>
    private async ValueTask MoveAsync(HttpContext context, RateLimitRule rule, RateLimitPolicy policy, string address)
    {
        var known = await rule.Caller(context);
        if (known != address)
        {
            limiter.GiveBack(policy, address);
            _ = limiter.Take(policy, known);
        }
    }

    private Task RefuseAsync(HttpContext context, RateLimitDecision decision)
    {
        metrics.Refused(decision.Policy);
        decision.WriteTo(context.Response.Headers);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return refuse(context, decision);
    }
}
