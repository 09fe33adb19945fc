using System.Text;

namespace Taskmaster.Tests.Fixtures;

internal static class SecretText
{
    /// <summary>The secret as it is, and what is always seen of it within something in Base64, as Basic credentials are.</summary>
    public static string[] Disguises(string secret) =>
        // There it reads in three ways, depending on what precedes it; the ends depend on their neighbours.
        [secret, .. Enumerable.Range(0, 3).Select(
            before => Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('-', before) + secret))[4..^4])];
}
