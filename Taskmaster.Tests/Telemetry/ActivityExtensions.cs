using System.Diagnostics;

namespace Taskmaster.Tests.Telemetry;

internal static class ActivityExtensions
{
    public static string? Text(this Activity span, string tag) => span.GetTagItem(tag)?.ToString();
}
