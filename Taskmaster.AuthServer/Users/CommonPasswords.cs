namespace Taskmaster.AuthServer.Users;

/// <summary>
/// The passwords that people choose most, 30,000 of them, in small letters: the list inside the package zxcvbn-core, which
/// an attacker has, too. Read when the first password is chosen. The package's own estimate is not asked: it gives
/// "sunshine-morning" 0 of 4, and its original 3.
/// </summary>
internal static class CommonPasswords
{
    private const string Resource = "zxcvbn-core.Dictionaries.passwords.lst";

    private static readonly Lazy<HashSet<string>> All = new(Read);

    public static int Count => All.Value.Count;

    public static bool Contain(string password) => All.Value.Contains(password);

    private static HashSet<string> Read()
    {
        using var list = typeof(Zxcvbn.Zxcvbn).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"There is no {Resource} in zxcvbn-core any more.");
        using var reader = new StreamReader(list);

        var passwords = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } password)
        {
            _ = passwords.Add(password);
        }

        return passwords;
    }
}
