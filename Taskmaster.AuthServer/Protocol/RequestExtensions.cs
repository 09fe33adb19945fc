using Microsoft.Net.Http.Headers;

namespace Taskmaster.AuthServer.Protocol;

internal static class RequestExtensions
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>A browser names HTML when it navigates; curl and HTTP libraries send <c>*/*</c> or nothing.</summary>
    public static bool PrefersHtml(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A form of the kind that nothing here takes, multipart, or one that only begins like the kind that is taken:
    /// <c>application/x-www-form-urlencoded, text/plain</c>, or UTF-7. Whoever has it read gets an exception.
    /// </summary>
    public static bool HasUnreadableForm(this HttpRequest request) =>
        request.ContentType is { } type
        && !type.Equals(Form, StringComparison.OrdinalIgnoreCase)
        && (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith(Form, StringComparison.OrdinalIgnoreCase) && !IsReadable(type)));

    private static bool IsReadable(string contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            || !parsed.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            // An unknown charset reads as UTF-8 (RFC 6749 Appendix B); UTF-7 is known, and refused by .NET.
            _ = parsed.Encoding;
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
