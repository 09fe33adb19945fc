using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Keeps quiet what would log secrets of a request, at whatever level the configuration asks for: whoever looks for a
/// fault must not collect codes and tokens.
/// </summary>
internal static class LogLevels
{
    /// <summary>Below warnings, these write what was sent: parameters, tokens and claims, or addresses with their query.</summary>
    private static readonly string[] Talkative =
    [
        "OpenIddict.",
        "Microsoft.AspNetCore.",
        "Yarp.ReverseProxy.Forwarder.",
    ];

    public static void KeepSecretsOutOfLogs(this IHostApplicationBuilder builder) =>
        builder.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            // Exactly one rule applies to a logger, so each is restricted, and there is one for loggers that had none.
            LoggerFilterRule[] rules = [new(null, null, options.MinLevel, null), .. options.Rules];
            options.Rules.Clear();
            foreach (var rule in rules)
            {
                options.Rules.Add(new(
                    rule.ProviderName,
                    rule.CategoryName,
                    rule.LogLevel,
                    (provider, category, level) => !IsTalkative(category, level)
                        && (rule.Filter?.Invoke(provider, category, level) ?? true)));
            }
        });

    private static bool IsTalkative(string? category, LogLevel level) =>
        level < LogLevel.Warning
        && category is not null
        && Array.Exists(Talkative, prefix => category.StartsWith(prefix, StringComparison.Ordinal));
}
