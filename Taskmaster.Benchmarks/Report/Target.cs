namespace Taskmaster.Benchmarks.Report;

/// <summary>
/// One row of the figures to reach.
/// <see cref="IsMet"/> is null where the run could not tell.
/// </summary>
internal sealed record Target(string What, string Reach, string Measured, bool? IsMet)
{
    public string Verdict => IsMet switch { true => "yes", false => "no", null => "not measured" };
}
