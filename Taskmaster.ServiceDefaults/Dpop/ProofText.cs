using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>
/// The three parts of a proof, a JWS in its compact form (RFC 7515 §3.1), as they were sent: nothing in them is checked yet.
/// </summary>
internal sealed class ProofText : IDisposable
{
    /// <summary>An RSA key of 4096 bits and its signature are 1,400 of them.</summary>
    private const int Longest = 4096;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // RFC 7515 §4, RFC 7519 §4: names must be unique. Which of two would count differs from one reader to the next.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly JsonDocument _header;
    private readonly JsonDocument _claims;

    private ProofText(JsonDocument header, JsonDocument claims, byte[] signed, byte[] signature) =>
        (_header, _claims, Signed, Signature) = (header, claims, signed, signature);

    public JsonElement Header => _header.RootElement;

    public JsonElement Claims => _claims.RootElement;

    public byte[] Signed { get; }

    public byte[] Signature { get; }

    /// <summary>Null for what is no JWS, or one with an extension that must be understood (RFC 7515 §4.1.11).</summary>
    public static ProofText? Read(string text)
    {
        if (text.Length > Longest || text.Split('.') is not [var first, var second, var third]
            || Decode(third) is not { } signature || Json(first) is not { } header)
        {
            return null;
        }

        if (header.RootElement.TryGetProperty("crit", out _) || Json(second) is not { } claims)
        {
            header.Dispose();
            return null;
        }

        return new(header, claims, Encoding.ASCII.GetBytes(text, 0, first.Length + 1 + second.Length), signature);
    }

    /// <summary>Base64url without padding, to the letter (RFC 7515 §2); null for anything else.</summary>
    public static byte[]? Decode(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Alphabet) && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    public void Dispose()
    {
        _header.Dispose();
        _claims.Dispose();
    }

    private static JsonDocument? Json(string part)
    {
        if (Decode(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member's name is no text, such as half of a surrogate pair.
            return null;
        }
    }
}
