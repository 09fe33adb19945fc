namespace Taskmaster.AuthServer.Fast;

/// <summary>Configuration section <c>Fast</c>.</summary>
internal sealed record FastOptions
{
    public const string Section = "Fast";

    /// <summary>
    /// Off, every request takes the ordinary way through OpenIddict and Entity Framework Core, and is answered the same.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Off, plain requests at the token and introspection endpoints go through OpenIddict's pipeline, and the rest stays fast.
    /// </summary>
    public bool ShortPath { get; init; } = true;
}
