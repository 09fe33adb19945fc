using System.Text.Encodings.Web;
using System.Text.Json;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>Status, headers and form of OpenIddict's own answers.</summary>
internal static class PipelineAnswer
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>RFC 6749 §5.1, with one header more of OpenIddict's.</summary>
    public static ValueTask WriteTokensAsync(HttpResponse response, TokenResponse tokens)
    {
        ForbidStoring(response);
        return WriteAsync(response, tokens, WriteTokens);
    }

    /// <summary>For an answer with a token or code in it.</summary>
    public static void ForbidStoring(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        response.Headers.Expires = "Thu, 01 Jan 1970 00:00:00 GMT";
    }

    public static async ValueTask WriteAsync<T>(HttpResponse response, T value, Action<Utf8JsonWriter, T> writeMembers)
    {
        await using (var json = new Utf8JsonWriter(response.BodyWriter, Form))
        {
            json.WriteStartObject();
            writeMembers(json, value);
            json.WriteEndObject();
            response.ContentLength = json.BytesPending + json.BytesCommitted;
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json;charset=UTF-8";
        await response.BodyWriter.FlushAsync();
    }

    private static void WriteTokens(Utf8JsonWriter json, TokenResponse tokens)
    {
        json.WriteString(Parameters.AccessToken, tokens.AccessToken);
        json.WriteString(Parameters.TokenType, TokenTypes.Bearer);
        json.WriteNumber(Parameters.ExpiresIn, (long)tokens.Lifetime.TotalSeconds);
        WriteUnlessNull(json, Parameters.Scope, tokens.Scope);
        WriteUnlessNull(json, Parameters.IdToken, tokens.IdToken);
        WriteUnlessNull(json, Parameters.RefreshToken, tokens.RefreshToken);
    }

    private static void WriteUnlessNull(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
