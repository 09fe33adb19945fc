using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary><see cref="BackgroundWrites{TKey, TValue}"/> to a database, by one statement.</summary>
/// <param name="period">How long a value waits for its write.</param>
/// <param name="scopes">Where the context of a write comes from.</param>
/// <param name="clock">Tells when a period is over.</param>
/// <param name="logger">Is told of an outage once, however long it lasts.</param>
public abstract class WriteBehind<TContext, TKey, TValue>(
    TimeSpan period, IServiceScopeFactory scopes, TimeProvider clock, ILogger logger)
    : BackgroundWrites<TKey, TValue>(period, clock, logger)
    where TContext : DbContext
    where TKey : notnull
{
    /// <summary>Writes all of them by one statement. It may come a second time: an outage can hide that the first succeeded.</summary>
    protected abstract Task WriteAsync(
        TContext database, IReadOnlyList<KeyValuePair<TKey, TValue>> values, CancellationToken cancellationToken);

    protected sealed override async Task WriteAsync(
        IReadOnlyList<KeyValuePair<TKey, TValue>> values, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await WriteAsync(scope.ServiceProvider.GetRequiredService<TContext>(), values, cancellationToken);
    }
}
