using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// Web's keys in Redis. No secret is part of a key, only its SHA-256, so that whoever lists the keys can use none of them.
/// <code>
/// key                          type    content                                       lifetime
/// web:session:{session id}     string  protected ticket: who, and their tokens       idle time-out, set anew by use
/// web:refresh:{refresh token}  string  "" while one request redeems it, then the     10 s, then 60 s
///                                      protected tokens it bought
/// web:once:{session id}:{name} string  protected value a page needs one time         5 minutes, deleted by reading
/// web:typed:{browser}          list    protected fields of the last 5 forms whose    1 hour, set anew by each;
///                                      user has to sign in again                     deleted when they are taken
/// </code>
/// </summary>
internal static class SessionKeys
{
    public static string Session(string sessionId) => "web:session:" + Hash(sessionId);

    public static string Refresh(string refreshToken) => "web:refresh:" + Hash(refreshToken);

    public static string Once(string sessionId, string name) => $"web:once:{Hash(sessionId)}:{name}";

    public static string Typed(string browser) => "web:typed:" + Hash(browser);

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
