using System.Text.Json;

namespace Taskmaster.Mcp.Authentication;

/// <summary>What a JSON-RPC message asks for: its method, and the <c>name</c> among its parameters.</summary>
internal readonly record struct CalledMethod(string? Method, string? Name)
{
    /// <summary>
    /// Reads the request's content and leaves it to be read again. What is no message names no method; the protocol's own
    /// handler says what is wrong with it.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The content is too long, or broke off.</exception>
    public static async ValueTask<CalledMethod> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        try
        {
            using var message = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            return message.RootElement.ValueKind is JsonValueKind.Object
                ? new(TextOf(message.RootElement, "method"), NameIn(message.RootElement))
                : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name or a string is no text, such as half of a surrogate pair.
            return default;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }

    private static string? NameIn(JsonElement message) =>
        message.TryGetProperty("params", out var parameters) && parameters.ValueKind is JsonValueKind.Object
            ? TextOf(parameters, "name")
            : null;

    private static string? TextOf(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
