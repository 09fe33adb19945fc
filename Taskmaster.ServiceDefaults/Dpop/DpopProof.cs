namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>A proof about which all is right but what only a store knows: whether it was used before.</summary>
/// <param name="Thumbprint">The SHA-256 thumbprint of its key (RFC 7638), which a bound token names as <c>jkt</c>.</param>
/// <param name="Use">
/// A hash of key and <c>jti</c>. A proof is accepted by whoever is the first to write it down; the key is in it so that nobody
/// can use up what another client is going to send.
/// </param>
public sealed record DpopProof(string Thumbprint, string Use)
{
    /// <summary>How far the clock of a client may be off: so old, or so far ahead, a proof may be (RFC 9449 §11.1).</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long its use is remembered: a proof that is a minute ahead is good for two, and for a third at a server whose clock is a
    /// minute behind.
    /// </summary>
    public static readonly TimeSpan Remembered = 3 * Window;

    /// <summary>What the claim <c>cnf</c> of a token that is bound to the proof's key says.</summary>
    public string Confirmation => DpopNames.Confirmation(Thumbprint);
}
