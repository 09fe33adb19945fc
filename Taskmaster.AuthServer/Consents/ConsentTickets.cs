using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Taskmaster.AuthServer.Consents;

/// <summary>
/// What the authorization endpoint and the consent page tell each other through the browser, sealed: that a request
/// was checked and waits for this user's decision, and then what the decision was. Neither can be made up, moved to
/// another request, or used by another user.
/// </summary>
internal sealed class ConsentTickets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _pending = protection.CreateProtector("Taskmaster.Consent.Pending").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _decided = protection.CreateProtector("Taskmaster.Consent.Decided").ToTimeLimitedDataProtector();

    public string Pending(PendingConsent pending) => Seal(_pending, pending);

    public PendingConsent? ReadPending(string? ticket, Guid userId, string returnUrl) =>
        Open<PendingConsent>(_pending, ticket) is { } pending && pending.UserId == userId && pending.RequestHash == HashOf(returnUrl) ? pending : null;

    public string Decided(ConsentDecision decision) => Seal(_decided, decision);

    public ConsentDecision? ReadDecided(string? ticket, Guid userId, string returnUrl) =>
        Open<ConsentDecision>(_decided, ticket) is { } decision && decision.UserId == userId && decision.RequestHash == HashOf(returnUrl) ? decision : null;

    public static string HashOf(string returnUrl) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(returnUrl)));

    private static string Seal<T>(ITimeLimitedDataProtector protector, T value) => protector.Protect(JsonSerializer.Serialize(value), _lifetime);

    private static T? Open<T>(ITimeLimitedDataProtector protector, string? ticket) where T : class
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(ticket));
        }
        catch (CryptographicException)
        {
            // Expired, changed or made up: as if there were none, and the request is asked about again.
            return null;
        }
    }
}
