using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;

namespace Taskmaster.AuthServer.Keys;

/// <summary>
/// The life of the keys in Postgres, shared by all replicas. A signing key is announced, then signs, then is retired and
/// only verifies, then goes: which of these it is follows from its time and the times of its successors, so nothing has
/// to be switched at the right moment.
/// </summary>
internal sealed class KeyRotation(
    AuthDbContext database, ProtocolKeys keys, AuditTrail audit, IOptions<SigningKeyRotation> times, TimeProvider clock)
{
    // Any number will do, as long as nothing else in this database locks on it.
    private const long RotationLock = 0x5441534B4B455953;

    /// <summary>Makes what is missing or due, removes what is of no more use, and shows OpenIddict the result.</summary>
    public Task MaintainAsync(CancellationToken cancellationToken) => ChangeAsync(rotateNow: false, cancellationToken);

    /// <summary>Makes a signing key that takes over as soon as every replica shows it.</summary>
    /// <returns>When it does.</returns>
    public async Task<DateTimeOffset> RotateNowAsync(CancellationToken cancellationToken) =>
        (await ChangeAsync(rotateNow: true, cancellationToken)).Where(key => key.Use is KeyUse.Signing).Max(key => key.ActiveFrom);

    private async Task<IReadOnlyCollection<ProtocolKey>> ChangeAsync(bool rotateNow, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);

        // One replica at a time, or each would make a key.
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({RotationLock})", cancellationToken);

        var stored = await database.ProtocolKeys.ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (stored.All(key => key.Use is not KeyUse.Encryption))
        {
            Add(stored, KeyUse.Encryption, now, now);
        }

        AddSigningKey(stored, now, rotateNow);
        foreach (var key in stored.Where(key => key is { Use: KeyUse.Signing, EncryptedElliptic: null }))
        {
            key.Complete(keys.GenerateElliptic());
        }

        RemoveUseless(stored, now);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        keys.Show(stored);
        return stored;
    }

    private void AddSigningKey(List<ProtocolKey> stored, DateTimeOffset now, bool rotateNow)
    {
        var newest = stored.Where(key => key.Use is KeyUse.Signing).MaxBy(key => key.ActiveFrom);
        if (newest is null)
        {
            Add(stored, KeyUse.Signing, now, now);
            return;
        }

        var due = newest.ActiveFrom + times.Value.Active;
        if (rotateNow)
        {
            Add(stored, KeyUse.Signing, now, Later(now + times.Value.Notice, newest.ActiveFrom));
        }
        else if (due - times.Value.Announced <= now)
        {
            // When the service was down past the due time, the new key is still announced before it signs.
            Add(stored, KeyUse.Signing, now, Later(due, now + times.Value.Announced));
        }
    }

    /// <summary>A signing key whose successor has been signing for longer than anything the old one signed is of use.</summary>
    private void RemoveUseless(List<ProtocolKey> stored, DateTimeOffset now)
    {
        var signing = stored.Where(key => key.Use is KeyUse.Signing).OrderBy(key => key.ActiveFrom).ToList();
        foreach (var (key, successor) in signing.Zip(signing.Skip(1)))
        {
            if (successor.ActiveFrom + times.Value.Retired <= now)
            {
                stored.Remove(key);
                database.ProtocolKeys.Remove(key);
            }
        }
    }

    private void Add(List<ProtocolKey> stored, KeyUse use, DateTimeOffset now, DateTimeOffset activeFrom)
    {
        var key = ProtocolKey.Of(use, keys.Generate(use), now, activeFrom);
        stored.Add(key);
        database.ProtocolKeys.Add(key);
        audit.Add(AuditEventType.KeyCreated, details: $"{use} {key.Id:N}");
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
