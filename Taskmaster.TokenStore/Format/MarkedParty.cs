using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.TokenStore.Format;

/// <summary>
/// Who can be revoked as a whole: a grant, a subject, a client, or a subject's grants to one client. Only hashes of
/// them are written to a bucket of marks.
/// </summary>
/// <param name="Bucket">Which of the 65,536 buckets of its kind holds the mark.</param>
/// <param name="Name">16 characters, 96 bits: who it is within the bucket.</param>
internal readonly record struct MarkedParty(ushort Bucket, string Name)
{
    public static MarkedParty Grant(string grant) => From("g\0" + grant);

    public static MarkedParty Subject(string subject) => From("s\0" + subject);

    public static MarkedParty Client(string client) => From("c\0" + client);

    /// <summary>Lies in the subject's bucket, which the reader has anyway.</summary>
    public static MarkedParty SubjectAtClient(string subject, string client) =>
        From($"p\0{subject}\0{client}") with { Bucket = Subject(subject).Bucket };

    private static MarkedParty From(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new(BinaryPrimitives.ReadUInt16BigEndian(hash), Base64Url.EncodeToString(hash[2..14]));
    }
}
