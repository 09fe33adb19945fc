using System.Text.Json;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Taskmaster.AuthServer.Device;

/// <summary>
/// Which of several decisions about a device counts: the first that is written into the entry of its user code, which is used by
/// that. The store refuses a write to what was changed since it was read, so that there is one on all replicas together.
/// </summary>
internal sealed class DeviceDecisions(IOpenIddictTokenManager tokens)
{
    private const string Property = "decision";

    /// <returns>False when the code was used meanwhile: then this decision does not count, unless it is the one that was made.</returns>
    public async Task<bool> TakeAsync(string userCode, Guid userId, string choice)
    {
        if (await tokens.FindByReferenceIdAsync(userCode) is not { } entry || !await tokens.HasStatusAsync(entry, Statuses.Valid))
        {
            return false;
        }

        var descriptor = new OpenIddictTokenDescriptor();
        await tokens.PopulateAsync(descriptor, entry);
        descriptor.Status = Statuses.Redeemed;
        descriptor.Properties[Property] = JsonSerializer.SerializeToElement(Text(userId, choice));

        try
        {
            await tokens.UpdateAsync(entry, descriptor);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Whether the code was used for this decision.</summary>
    public async Task<bool> WasMadeAsync(string userCode, Guid userId, string choice) =>
        await tokens.FindByReferenceIdAsync(userCode) is { } entry
        && (await tokens.GetPropertiesAsync(entry)).TryGetValue(Property, out var made)
        && made.GetString() == Text(userId, choice);

    private static string Text(Guid userId, string choice) => $"{choice} {userId:D}";
}
