namespace Taskmaster.TokenStore;

/// <summary>The Lua text of each verb, with shared.lua in front. SCRIPT LOAD, EVALSHA and NOSCRIPT are the client's concern.</summary>
internal static class TokenScripts
{
    public static readonly string Issue = Load("issue");
    public static readonly string Redeem = Load("redeem");
    public static readonly string Rotate = Load("rotate");
    public static readonly string Mark = Load("mark");
    public static readonly string Close = Load("close");
    public static readonly string Attempt = Load("attempt");
    public static readonly string Update = Load("update");

    private static string Load(string verb) => Read("shared") + Read(verb);

    private static string Read(string name)
    {
        var resource = $"{typeof(TokenScripts).Namespace}.Scripts.{name}.lua";
        using var stream = typeof(TokenScripts).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The script {resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
