using System.Globalization;
using Taskmaster.Benchmarks.Measuring;

namespace Taskmaster.Benchmarks.Report;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    public const string None = "";

    public static string Whole(double? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? None;

    public static string Short(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? None;

    public static string Ms(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? None;

    public static string Percent(double value) => value.ToString("P0", CultureInfo.InvariantCulture);

    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture) + " MB";

    public static string Times(Ratio ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"{ratio.Value:0.00} × ({ratio.Lowest:0.00} to {ratio.Highest:0.00})");
}
