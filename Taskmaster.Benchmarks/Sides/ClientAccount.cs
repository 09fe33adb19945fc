using System.Text;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>The confidential client that a side is measured with.</summary>
internal sealed record ClientAccount(string ClientId, string ClientSecret)
{
    public const string RedirectUri = "https://client.example.com/callback";

    /// <summary>For the sides whose registrations this program writes itself.</summary>
    public static readonly ClientAccount Fixed = new("benchmark", "benchmark-secret-0123456789-abcdefghijklmnopqrstuvwxyz");

    /// <summary>RFC 6749 §2.3.1; neither part needs encoding.</summary>
    public string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
}
