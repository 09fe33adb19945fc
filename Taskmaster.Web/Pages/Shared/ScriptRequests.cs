namespace Taskmaster.Web.Pages.Shared;

internal static class ScriptRequests
{
    /// <summary>A script of the page sent its form, and goes on itself; a browser that does asks for a page.</summary>
    public static bool WantsJson(this HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
}
