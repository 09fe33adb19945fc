using System.Buffers.Text;
using System.Text.Json;

namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>What an id_token says. It came from the token endpoint itself, so nothing depends on its signature here.</summary>
internal sealed record IdToken(JsonElement Header, JsonElement Claims)
{
    /// <summary>Null where it is none.</summary>
    public static IdToken? Read(string? token)
    {
        try
        {
            return token?.Split('.') is [var header, var claims, _] ? new(Part(header), Part(claims)) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    public string? Nonce => Claims.TryGetProperty("nonce", out var nonce) ? nonce.ToString() : null;

    private static JsonElement Part(string part) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));
}
