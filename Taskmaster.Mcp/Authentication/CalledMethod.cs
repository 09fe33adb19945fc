using System.Text.Json;
using System.Text.Unicode;
using Taskmaster.Mcp.Answers;

namespace Taskmaster.Mcp.Authentication;

/// <summary>What a JSON-RPC message asks for: its method, the <c>name</c> among its parameters, and its id as it was written.</summary>
internal readonly record struct CalledMethod(string? Method, string? Name, string? Id)
{
    /// <summary>
    /// Reads the request's content and leaves it to be read again. What is no message names no method; the protocol's own
    /// handler says what is wrong with it.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The content is too long, broke off, or is no UTF-8.</exception>
    public static async ValueTask<CalledMethod> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        request.Body.Position = 0;
        using var content = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(content, cancellationToken);
        }
        finally
        {
            request.Body.Position = 0;
        }

        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        if (!Utf8.IsValid(bytes.Span))
        {
            // RFC 8259 §8.1. The protocol's handler would replace what is none.
            throw new BadHttpRequestException("The content is not in UTF-8.");
        }

        try
        {
            using var message = JsonDocument.Parse(bytes);
            return message.RootElement.ValueKind is JsonValueKind.Object
                ? new(TextOf(message.RootElement, "method"), NameIn(message.RootElement), IdOf(message.RootElement))
                : default;
        }
        catch (Exception exception) when (McpJson.IsUnreadable(exception))
        {
            return default;
        }
    }

    private static string? IdOf(JsonElement message) =>
        message.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.Number or JsonValueKind.String ? id.GetRawText() : null;

    private static string? NameIn(JsonElement message) =>
        message.TryGetProperty("params", out var parameters) && parameters.ValueKind is JsonValueKind.Object
            ? TextOf(parameters, "name")
            : null;

    private static string? TextOf(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
