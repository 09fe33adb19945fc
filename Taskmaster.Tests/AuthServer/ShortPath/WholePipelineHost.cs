namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>The same server with the short path switched off.</summary>
public sealed class WholePipelineHost : AuthServerHost
{
    internal override bool UsesShortPath => false;
}
