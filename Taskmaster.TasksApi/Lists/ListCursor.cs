using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Taskmaster.TasksApi.Lists;

/// <summary>
/// Where a page ended: the order, and the last row's key and id. Opaque to callers. It is not signed, because it gives
/// nobody anything: the owner is in every query, and another position is only another page of one's own list.
/// </summary>
internal sealed record ListCursor(string Sort, string Key, Guid Id)
{
    private const char Separator = '\n';
    private const string IdFormat = "N";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override string ToString() =>
        Base64Url.EncodeToString(Strict.GetBytes($"{Sort}{Separator}{Id.ToString(IdFormat)}{Separator}{Key}"));

    public static bool TryParse(string text, [NotNullWhen(true)] out ListCursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        try
        {
            // The key comes last: it may hold anything, the separator as well.
            if (Strict.GetString(Base64Url.DecodeFromChars(text)).Split(Separator, 3) is [var sort, var id, var key]
                && Guid.TryParseExact(id, IdFormat, out var last))
            {
                cursor = new(sort, key, last);
            }
        }
        catch (DecoderFallbackException)
        {
            // Bytes that are no UTF-8 were made by nobody here.
        }

        return cursor is not null;
    }
}
