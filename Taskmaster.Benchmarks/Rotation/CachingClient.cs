using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.Benchmarks.Rotation;

/// <summary>
/// A client that keeps the JWKS for <see cref="Keeps"/> and asks in between for no reason: a key it has not got yet is a
/// failed validation. That is stricter than libraries are, most of which ask again for a key they do not know.
/// </summary>
internal sealed class CachingClient(HttpClient http, Uri jwks, string issuer, string audience)
{
    public static readonly TimeSpan Keeps = TimeSpan.FromSeconds(3);

    private readonly JsonWebTokenHandler _handler = new();
    private readonly ConcurrentDictionary<string, int> _validatedByKey = new();
    private readonly ConcurrentQueue<string> _failures = [];
    private IList<SecurityKey> _keys = [];

    /// <summary>Validations that succeeded, by the key that had signed.</summary>
    public IReadOnlyDictionary<string, int> ValidatedByKey => _validatedByKey;

    public IReadOnlyCollection<string> Failures => _failures;

    public async Task FetchAsync() => _keys = new JsonWebKeySet(await http.GetStringAsync(jwks)).GetSigningKeys();

    public async Task KeepAsync(CancellationToken enough)
    {
        using var timer = new PeriodicTimer(Keeps);
        while (!enough.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            await FetchAsync();
        }
    }

    public async Task ValidateAsync(string idToken)
    {
        var result = await _handler.ValidateTokenAsync(idToken, new TokenValidationParameters { IssuerSigningKeys = _keys, ValidIssuer = issuer, ValidAudience = audience });
        if (result.IsValid)
        {
            _ = _validatedByKey.AddOrUpdate(((JsonWebToken)result.SecurityToken).Kid, 1, (_, times) => times + 1);
        }
        else
        {
            _failures.Enqueue(result.Exception.Message);
        }
    }
}
