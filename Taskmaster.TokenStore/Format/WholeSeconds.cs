namespace Taskmaster.TokenStore.Format;

/// <summary>OpenIddict keeps the dates of a token to the second; what is issued without its pipeline has the same.</summary>
internal static class WholeSeconds
{
    public static DateTimeOffset Of(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
