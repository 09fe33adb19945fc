namespace Taskmaster.Benchmarks.Sides;

/// <summary>Where a browser ended: a page of the server, or the client's redirect URI with a code.</summary>
internal sealed record BrowserPage(string Path, string Html, string? Code);
