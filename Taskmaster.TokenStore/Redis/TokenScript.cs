using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.TokenStore.Redis;

/// <summary>One verb's script, with shared.lua in front.</summary>
internal sealed class TokenScript
{
    private TokenScript(string verb)
    {
        Verb = verb;
        Text = Read("shared") + Read(verb);
        Hash = HashOf(Text);
    }

    public static TokenScript Issue { get; } = new("issue");

    public static TokenScript Birth { get; } = new("birth");

    public static TokenScript Redeem { get; } = new("redeem");

    public static TokenScript Rotate { get; } = new("rotate");

    public static TokenScript Mark { get; } = new("mark");

    public static TokenScript Close { get; } = new("close");

    public static TokenScript Attempt { get; } = new("attempt");

    public static TokenScript Update { get; } = new("update");

    public static TokenScript Time { get; } = new("time");

    /// <summary>The name of the script's file, of its metrics and in its errors.</summary>
    public string Verb { get; }

    public string Text { get; }

    /// <summary>The SHA-1 by which EVALSHA runs the script.</summary>
    public byte[] Hash { get; }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Redis names scripts by their SHA-1.")]
    private static byte[] HashOf(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));

    private static string Read(string name)
    {
        var resource = $"{typeof(TokenScript).Namespace}.Scripts.{name}.lua";
        using var stream = typeof(TokenScript).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The script {resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
