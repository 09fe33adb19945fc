namespace Taskmaster.Mcp.Fast;

internal static class FastPaths
{
    /// <summary>
    /// Reads tokens as AuthServer writes them: all services on one Redis have the compact payloads or none. The setting
    /// <c>Fast:Enabled</c>, true unless said otherwise, is the same for all.
    /// </summary>
    public static void AddFastPaths(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue("Fast:Enabled", defaultValue: true))
        {
            builder.Services.AddOpenIddict().AddCore(core => core.UseFastRedisTokens());
        }
    }
}
