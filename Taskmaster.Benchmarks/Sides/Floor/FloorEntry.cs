namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>What the floor keeps of a code or a token.</summary>
internal sealed record FloorEntry(string Owner, string Grant = "", string Scope = "", string Nonce = "", string Challenge = "")
{
    private const char Separator = '\n';

    public static FloorEntry Parse(string text)
    {
        var parts = text.Split(Separator);
        return new(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    public override string ToString() => string.Join(Separator, Owner, Grant, Scope, Nonce, Challenge, string.Empty);
}
