using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>Tells by its Content-Type a form that cannot be read, before anybody tries.</summary>
public static class UnreadableForms
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>
    /// A form of the kind that no service takes, multipart, or one that only begins like the kind that is taken:
    /// <c>application/x-www-form-urlencoded, text/plain</c>, or UTF-7. Whoever has it read gets an exception.
    /// </summary>
    public static bool HasUnreadableForm(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.ContentType is { } type
            && !type.Equals(Form, StringComparison.OrdinalIgnoreCase)
            && (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
                || (type.StartsWith(Form, StringComparison.OrdinalIgnoreCase) && !IsReadable(type)));
    }

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
