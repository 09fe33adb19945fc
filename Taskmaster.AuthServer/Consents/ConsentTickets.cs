using Microsoft.AspNetCore.DataProtection;
using Taskmaster.AuthServer.Tickets;

namespace Taskmaster.AuthServer.Consents;

/// <summary>
/// What the authorization endpoint and the consent page tell each other through the browser, sealed: that a request
/// was checked and waits for this user's decision, and then what the decision was. Neither can be made up, moved to
/// another request, or used by another user.
/// </summary>
internal sealed class ConsentTickets(IDataProtectionProvider protection)
{
    private readonly TicketSeal<PendingConsent> _pending = new(protection, "Taskmaster.Consent.Pending");
    private readonly TicketSeal<ConsentDecision> _decided = new(protection, "Taskmaster.Consent.Decided");

    public string Pending(PendingConsent pending) => _pending.Seal(pending);

    public PendingConsent? ReadPending(string? ticket, Guid userId, string returnUrl) =>
        _pending.Open(ticket) is { } pending && pending.UserId == userId && pending.RequestHash == HashOf(returnUrl) ? pending : null;

    public string Decided(ConsentDecision decision) => _decided.Seal(decision);

    public ConsentDecision? ReadDecided(string? ticket, Guid userId, string returnUrl) =>
        _decided.Open(ticket) is { } decision && decision.UserId == userId && decision.RequestHash == HashOf(returnUrl) ? decision : null;

    public static string HashOf(string returnUrl) => TicketSeal<ConsentDecision>.HashOf(returnUrl);
}
