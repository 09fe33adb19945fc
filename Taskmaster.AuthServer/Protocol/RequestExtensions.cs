namespace Taskmaster.AuthServer.Protocol;

internal static class RequestExtensions
{
    /// <summary>A browser names HTML when it navigates; curl and HTTP libraries send <c>*/*</c> or nothing.</summary>
    public static bool PrefersHtml(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
