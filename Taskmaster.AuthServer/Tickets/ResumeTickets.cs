using Microsoft.AspNetCore.DataProtection;

namespace Taskmaster.AuthServer.Tickets;

/// <summary>
/// Remembers, sealed in the address to come back to, that a request was here before it sent its user to sign in or to
/// consent. With it a pushed request counts as used in time, however long the user takes; and a sign-in that
/// <c>prompt=login</c> or <c>max_age</c> asked for is told from one before, so that nobody skips it by editing the address.
/// </summary>
internal sealed class ResumeTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Parameter = "resume";

    private readonly TicketSeal<ResumeTicket> _seal = new(protection, "Taskmaster.Authorize.Resume");

    /// <summary>
    /// The address of the authorization request to return to after sign-in and consent. The address stays the same over both, because
    /// the consent is bound to it.
    /// </summary>
    public string ReturnUrl(string requestUrl, HttpRequest http)
    {
        var ticket = Find(requestUrl, http) is null
            ? _seal.Seal(new ResumeTicket(TicketSeal<ResumeTicket>.HashOf(requestUrl), clock.GetUtcNow().ToUnixTimeSeconds()))
            : http.Query[Parameter].ToString();
        return $"{requestUrl}&{Parameter}={Uri.EscapeDataString(ticket)}";
    }

    public bool IsResumed(string requestUrl, HttpRequest http) => Find(requestUrl, http) is not null;

    /// <summary>Whether the user has signed in since the request was first received.</summary>
    public bool HasSignedInSince(DateTimeOffset signedInAt, string requestUrl, HttpRequest http) =>
        Find(requestUrl, http) is { } ticket && signedInAt.ToUnixTimeSeconds() >= ticket.At;

    private ResumeTicket? Find(string requestUrl, HttpRequest http) =>
        _seal.Open(http.Query[Parameter]) is { } ticket && ticket.RequestHash == TicketSeal<ResumeTicket>.HashOf(requestUrl)
            ? ticket
            : null;
}
