using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Taskmaster.AuthServer.Tickets;

/// <summary>
/// Seals what our pages tell each other through the browser, for as long as a person may take over a page. It cannot be
/// read, made up, or used for another <paramref name="purpose"/>.
/// </summary>
internal sealed class TicketSeal<T>(IDataProtectionProvider protection, string purpose) where T : class
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector(purpose).ToTimeLimitedDataProtector();

    public string Seal(T value) => _protector.Protect(JsonSerializer.Serialize(value), Lifetime);

    /// <summary>The content of a ticket; null when the ticket is missing, expired, altered or forged.</summary>
    public T? Open(string? ticket)
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(_protector.Unprotect(ticket));
        }
        catch (CryptographicException)
        {
            // Treated like a missing ticket: the user is asked again.
            return null;
        }
    }

    /// <summary>Binds a ticket to the request it is about without carrying the request.</summary>
    public static string HashOf(string requestUrl) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(requestUrl)));
}
