namespace Taskmaster.AuthServer.Token.ShortPath;

/// <summary>Configuration section <c>ShortPath</c>.</summary>
internal sealed record ShortPathOptions
{
    public const string Section = "ShortPath";

    /// <summary>Off, every request takes OpenIddict's whole pipeline, and is answered the same.</summary>
    public bool Enabled { get; init; } = true;
}
