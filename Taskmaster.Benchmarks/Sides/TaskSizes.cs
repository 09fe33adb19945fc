using System.Globalization;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>How many tasks the measured accounts have.</summary>
internal static class TaskSizes
{
    public const int Few = 10;
    public const int Many = 1_000;
    public const int VeryMany = 100_000;

    public static IReadOnlyList<int> All { get; } = [Few, Many, VeryMany];

    /// <summary>What a side is called when it is asked for an account of that size.</summary>
    public static string SideOf(string name, int size) => string.Create(CultureInfo.InvariantCulture, $"{name}, {size:N0} tasks");
}
