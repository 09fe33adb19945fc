using System.Globalization;
using System.Text;
using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.Redis;

/// <summary>One bucket of marks as it was read: rows of 16 characters who and 16 digits when, by Redis's clock.</summary>
internal readonly ref struct RevocationMarks(ReadOnlySpan<byte> bytes)
{
    private const int NameSize = 16;
    private const int RecordSize = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public bool IsEmpty => _bytes.IsEmpty;

    /// <summary>When <paramref name="party"/> was revoked, in microseconds; 0 for never.</summary>
    /// <exception cref="FormatException">The bucket holds something that this library did not write.</exception>
    public long RevokedAt(MarkedParty party)
    {
        if (_bytes.Length % RecordSize != 0)
        {
            throw new FormatException("The bucket is not a row of revocation marks.");
        }

        Span<byte> name = stackalloc byte[NameSize];
        Encoding.ASCII.GetBytes(party.Name, name);

        for (var record = _bytes; !record.IsEmpty; record = record[RecordSize..])
        {
            if (record[..NameSize].SequenceEqual(name))
            {
                return long.Parse(record[NameSize..RecordSize], NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}
