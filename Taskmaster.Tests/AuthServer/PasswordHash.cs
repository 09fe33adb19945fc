using System.Buffers.Binary;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A password's hash as ASP.NET Core Identity writes it, in its third version.</summary>
internal static class PasswordHash
{
    private const byte Version = 1;
    private const uint HmacSha512 = 2;

    /// <summary>The rounds of PBKDF2, by HMAC-SHA-512.</summary>
    public static int RoundsOf(string hash)
    {
        var bytes = Convert.FromBase64String(hash);
        Assert.Equal(Version, bytes[0]);
        Assert.Equal(HmacSha512, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)));
        return (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5));
    }
}
