using System.Diagnostics.Metrics;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>What the meter <c>Taskmaster.AuthServer</c> counts beside <see cref="TokenRequests"/> (docs/telemetry.md).</summary>
internal sealed class AuthServerMetrics
{
    private readonly Counter<long> _signIns;
    private readonly Counter<long> _lockouts;
    private readonly Counter<long> _replays;
    private readonly Counter<long> _lookups;

    public AuthServerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TokenRequests.MeterName);
        _signIns = meter.CreateCounter<long>("auth_server.sign_ins", "{sign_in}", "Sessions begun, and passwords that were refused.");
        _lockouts = meter.CreateCounter<long>("auth_server.lockouts", "{lockout}", "Accounts locked after too many wrong passwords.");
        _replays = meter.CreateCounter<long>(
            "auth_server.replays", "{token}", "Codes and refresh tokens presented again after they were redeemed.");
        _lookups = meter.CreateCounter<long>(
            "auth_server.client_cache.lookups", "{lookup}", "Client registrations found in memory, or read from Postgres.");
    }

    public void SignedIn() => SignIn("succeeded");

    public void SignInRefused() => SignIn("refused");

    public void LockedOut() => _lockouts.Add(1);

    /// <summary>Counts a replayed token, whether it was found redeemed or lost against a parallel request that redeemed it.</summary>
    public void Replayed(string tokenType) => _replays.Add(1, new KeyValuePair<string, object?>("auth_server.token.type", tokenType));

    public void LookedUpClient(bool cached) =>
        _lookups.Add(1, new KeyValuePair<string, object?>("auth_server.client_cache.result", cached ? "hit" : "miss"));

    private void SignIn(string outcome) => _signIns.Add(1, new KeyValuePair<string, object?>("auth_server.outcome", outcome));
}
