using Microsoft.Extensions.Options;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore;

internal sealed class RedisTokenStoreOptionsValidator : IValidateOptions<RedisTokenStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisTokenStoreOptions options)
    {
        List<string> failures = [];

        if (string.IsNullOrEmpty(options.KeyPrefix) || options.KeyPrefix.AsSpan().IndexOfAny('{', '}') >= 0)
        {
            failures.Add($"{nameof(options.KeyPrefix)} must not be empty, and must not contain a brace: it would move the hash tag.");
        }

        if (options.RetentionMargin <= TimeSpan.Zero)
        {
            failures.Add($"{nameof(options.RetentionMargin)} must be positive: without it an expired code looks like an unknown one.");
        }

        if (options.LongestLifetime <= TimeSpan.Zero)
        {
            failures.Add($"{nameof(options.LongestLifetime)} must be positive.");
        }

        if (options.MaximumFailedAttempts is < 1 or > 9)
        {
            failures.Add($"{nameof(options.MaximumFailedAttempts)} must be between 1 and 9: one digit of the token's header counts them.");
        }

        if (options.Timeout <= TimeSpan.Zero)
        {
            failures.Add($"{nameof(options.Timeout)} must be positive.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
