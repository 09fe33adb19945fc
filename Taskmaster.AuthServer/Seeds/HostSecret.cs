using Taskmaster.AuthServer.Clients;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>The secret of a client that is part of Taskmaster: the host generates it and gives it to both ends.</summary>
internal static class HostSecret
{
    private const string Name = "Host";

    /// <summary>Makes <paramref name="value"/> the client's only secret. Without one, nothing changes.</summary>
    public static void KeepHostSecret(this Client client, string? value, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(value) || client.Secrets.Any(secret => secret.Matches(ClientSecret.HashOf(value))))
        {
            return;
        }

        foreach (var old in client.Secrets.ToList())
        {
            client.Remove(old);
        }

        client.Add(ClientSecret.Of(client, Name, value, now));
    }
}
