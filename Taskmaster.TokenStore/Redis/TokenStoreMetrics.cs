using System.Diagnostics;
using System.Diagnostics.Metrics;
using Taskmaster.TokenStore.Format;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Redis;

/// <summary>
/// The meter <c>Taskmaster.TokenStore</c>. The README has the table of its instruments. What their attributes can be is fixed:
/// never anything that a request brought.
/// </summary>
internal sealed class TokenStoreMetrics
{
    private const string Verb = "token_store.verb";
    private const string TokenType = "token_store.token.type";

    private readonly Counter<long> _roundTrips;
    private readonly Counter<long> _outages;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _issued;
    private readonly Counter<long> _redeemed;
    private readonly Counter<long> _revocations;
    private readonly Counter<long> _lostRaces;
    private readonly Counter<long> _lookups;

    /// <param name="factory">The host's; none in a bare container.</param>
    public TokenStoreMetrics(IMeterFactory? factory)
    {
        var meter = factory?.Create(RedisTokenStoreDefaults.MeterName) ?? new Meter(RedisTokenStoreDefaults.MeterName);
        _roundTrips = meter.CreateCounter<long>(RedisTokenStoreDefaults.RoundTrips, "{round trip}", "Waits for Redis.");
        _outages = meter.CreateCounter<long>("token_store.outages", "{outage}", "Waits for Redis that ended without an answer.");
        _durations = meter.CreateHistogram(
            "db.client.operation.duration",
            "s",
            "How long a command to Redis was waited for.",
            tags: null,
            // The conventions' advice for databases.
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });
        _issued = meter.CreateCounter<long>("token_store.tokens.issued", "{token}", "Codes and tokens written.");
        _redeemed = meter.CreateCounter<long>("token_store.tokens.redeemed", "{token}", "Codes and refresh tokens redeemed.");
        _revocations = meter.CreateCounter<long>(
            "token_store.revocations", "{revocation}", "Revocations, each counted once whatever it ends.");
        _lostRaces = meter.CreateCounter<long>("token_store.lost_races", "{write}", "Writes refused because another request was first.");
        _lookups = meter.CreateCounter<long>(
            "token_store.cache.lookups", "{lookup}", "Tokens read whose claims were known already, or not.");
    }

    public void RoundTrip(string verb) => _roundTrips.Add(1, new KeyValuePair<string, object?>(Verb, verb));

    public void Outage(string verb) => _outages.Add(1, new KeyValuePair<string, object?>(Verb, verb));

    /// <summary>For <see cref="Took"/>; 0 when nobody measures.</summary>
    public long Begin() => _durations.Enabled ? Stopwatch.GetTimestamp() : 0;

    public void Took(long began, string command, string? script, string? error)
    {
        if (began == 0)
        {
            return;
        }

        var tags = new TagList { { "db.system.name", "redis" }, { "db.operation.name", command } };
        if (script is not null)
        {
            tags.Add("db.stored_procedure.name", script);
        }

        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        _durations.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
    }

    public void Issued(string? type) => _issued.Add(1, new KeyValuePair<string, object?>(TokenType, NameOf(type)));

    /// <summary>
    /// What a commit came to. A refresh token that is used again within the leeway is not redeemed again, and its successor
    /// stands. That what was read as valid turned out not to be is a lost race; what was read as redeemed was a replay from the start.
    /// </summary>
    public void Committed(string verb, TokenCommit commit, RedisToken? bought, IEnumerable<RedisToken> created)
    {
        if (commit.Succeeded)
        {
            if (_issued.Enabled)
            {
                foreach (var token in created)
                {
                    if (commit.Result == TokenCommitResult.Done || token.Type != TokenTypeIdentifiers.RefreshToken)
                    {
                        Issued(token.Type);
                    }
                }
            }

            if (bought is not null && commit.Result == TokenCommitResult.Done)
            {
                _redeemed.Add(1, new KeyValuePair<string, object?>(TokenType, NameOf(bought.Type)));
            }
        }
        else if (bought?.Status is null or Statuses.Valid)
        {
            LostRace(verb, commit.Result switch
            {
                TokenCommitResult.Replayed => "redeemed",
                TokenCommitResult.Revoked => "revoked",
                _ => "gone",
            });
        }
    }

    public void LostRace(string verb, string outcome) => _lostRaces.Add(
        1, new KeyValuePair<string, object?>(Verb, verb), new KeyValuePair<string, object?>("token_store.outcome", outcome));

    public void Revoked(string what) => _revocations.Add(1, new KeyValuePair<string, object?>("token_store.revoked", what));

    public void LookedUp(bool known) =>
        _lookups.Add(1, new KeyValuePair<string, object?>("token_store.cache.result", known ? "hit" : "miss"));

    private static string NameOf(string? type) => type switch
    {
        TokenTypeIdentifiers.AccessToken => "access_token",
        TokenTypeIdentifiers.RefreshToken => "refresh_token",
        TokenTypeIdentifiers.Private.AuthorizationCode => "authorization_code",
        TokenTypeIdentifiers.Private.DeviceCode => "device_code",
        TokenTypeIdentifiers.Private.UserCode => "user_code",
        TokenTypeIdentifiers.Private.RequestToken => "request_token",
        _ => "_OTHER",
    };
}
