using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.ServiceDefaults.KeyRing;

namespace Taskmaster.AuthServer.Keys;

/// <summary>
/// Encrypts every stored key with the host's key of today, all or none, so that the one before can be thrown away. The keys
/// themselves stay the same: running replicas have them open and notice nothing.
/// </summary>
internal sealed class KeyReencryption(AuthDbContext database, ProtocolKeys keys, KeyEncryption encryption)
{
    /// <returns>How many keys there were.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var protocolKeys = await database.ProtocolKeys.ToListAsync(cancellationToken);
        protocolKeys.ForEach(keys.Reencrypt);

        var keyRing = await database.Set<DataProtectionKey>().ToListAsync(cancellationToken);
        keyRing.ForEach(key => key.Xml = StoredKey.Reencrypt(key.Xml!, encryption));

        await database.SaveChangesAsync(cancellationToken);
        return protocolKeys.Count + keyRing.Count;
    }
}
