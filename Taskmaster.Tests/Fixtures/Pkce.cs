using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A code verifier and its S256 code challenge (RFC 7636 §4.1, §4.2).</summary>
public sealed record Pkce(string Verifier, string Challenge)
{
    public static Pkce New()
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new Pkce(verifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }
}
