using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Taskmaster.AuthServer.Token.ShortPath;

/// <summary>Status, headers and form of OpenIddict's own JSON answers.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions _form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    public static async ValueTask WriteAsync<T>(HttpResponse response, T value, Action<Utf8JsonWriter, T> writeMembers, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(512);
        await using (var json = new Utf8JsonWriter(body, _form))
        {
            json.WriteStartObject();
            writeMembers(json, value);
            json.WriteEndObject();
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentLength = body.WrittenCount;
        response.ContentType = "application/json;charset=UTF-8";
        await response.Body.WriteAsync(body.WrittenMemory, cancellationToken);
    }
}
