using System.Net.Http.Headers;
using System.Text;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>A request that can still be spoilt: parameters are kept as the bytes on the wire have them, percent-encoded or not.</summary>
internal sealed class GeneratedRequest(string endpoint, string method, string path)
{
    private readonly string _path = path;

    /// <summary>The endpoint it is meant for, whatever becomes of its path.</summary>
    public string Endpoint => endpoint;

    public string Method { get; set; } = method;

    public string Path { get; set; } = path;

    /// <summary>False when it has been led astray, and may find nothing there.</summary>
    public bool IsAtItsPath => Path == _path;

    public List<(string Name, string Value)> Parameters { get; init; } = [];

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[]? Body { get; set; }

    public string? ContentType { get; set; }

    private bool HasForm => Body is null && Method is not ("GET" or "HEAD");

    private string Encoded => string.Join('&', Parameters.Select(parameter => $"{parameter.Name}={parameter.Value}"));

    public HttpRequestMessage ToMessage(Uri origin)
    {
        var query = HasForm || Body is not null || Parameters.Count == 0 ? "" : "?" + Encoded;
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(origin.GetLeftPart(UriPartial.Authority) + Path + query));
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (HasForm || Body is not null)
        {
            message.Content = new ByteArrayContent(Body ?? Encoding.UTF8.GetBytes(Encoded));
            if (ContentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        return message;
    }

    public override string ToString()
    {
        var headers = string.Join(", ", Headers.Select(header => $"{header.Name}: {header.Value}"));
        var text = $"{Method} {Path} [{headers}] ({ContentType}) {(Body is null ? Encoded : Encoding.UTF8.GetString(Body))}";
        return text.Length > 3_000 ? $"{text[..3_000]}… ({text.Length} characters)" : text;
    }

    /// <summary>RFC 6749 §2.3.1.</summary>
    public static string Basic(string id, string secret) =>
        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"))).ToString();
}
