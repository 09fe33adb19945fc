using System.Buffers;
using System.Buffers.Text;

namespace Taskmaster.TokenStore.Format;

internal static class Base64UrlText
{
    /// <summary>Unlike the framework's method of this name, it returns false for what is not base64url instead of throwing.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written) =>
        Base64Url.DecodeFromChars(text, bytes, out _, out written) == OperationStatus.Done;
}
