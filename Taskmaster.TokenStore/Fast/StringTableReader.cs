namespace Taskmaster.TokenStore.Fast;

/// <summary>Reads what <see cref="StringTableWriter"/> wrote.</summary>
internal sealed class StringTableReader(BinaryReader reader)
{
    private readonly List<string> _seen = [];

    public string Read()
    {
        var place = reader.Read7BitEncodedInt();
        if (place is not (StringTableWriter.Text or StringTableWriter.Uuid))
        {
            place -= StringTableWriter.FirstPlace;
            return place < CommonStrings.All.Count ? CommonStrings.All[place] : _seen[place - CommonStrings.All.Count];
        }

        var text = place == StringTableWriter.Uuid ? new Guid(reader.ReadBytes(16)).ToString("D") : reader.ReadString();
        _seen.Add(text);
        return text;
    }
}
