namespace Taskmaster.TokenStore.Fast;

/// <summary>Writes each string once: a common one or one that came before as its place, another one as it is.</summary>
internal sealed class StringTableWriter(BinaryWriter writer)
{
    /// <summary>Stand for a string that follows, and for a UUID that does; a place is written behind them.</summary>
    public const int Text = 0;
    public const int Uuid = 1;
    public const int FirstPlace = 2;

    private readonly List<string> _seen = [];

    public void Write(string text)
    {
        if (CommonStrings.Places.TryGetValue(text, out var common))
        {
            writer.Write7BitEncodedInt(common + FirstPlace);
        }
        else if (_seen.IndexOf(text) is >= 0 and var place)
        {
            writer.Write7BitEncodedInt(place + CommonStrings.All.Count + FirstPlace);
        }
        else
        {
            _seen.Add(text);
            WriteNew(text);
        }
    }

    private void WriteNew(string text)
    {
        if (Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes);
            writer.Write7BitEncodedInt(Uuid);
            writer.Write(bytes);
        }
        else
        {
            writer.Write7BitEncodedInt(Text);
            writer.Write(text);
        }
    }
}
