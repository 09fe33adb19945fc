namespace Taskmaster.AuthServer.Clients;

/// <summary>Whether a secret is one of a client's, the only place that decides it; a secret that is has been used.</summary>
internal sealed class ClientSecretCheck(ClientSecretUse use, TimeProvider clock)
{
    public bool Matches(Client client, string secret)
    {
        var hash = ClientSecret.HashOf(secret);
        var now = clock.GetUtcNow();
        ClientSecret? match = null;

        // No early exit: which of the secrets matched must not show in the time either.
        foreach (var candidate in client.Secrets)
        {
            if (candidate.Matches(hash) & candidate.IsLive(now))
            {
                match = candidate;
            }
        }

        if (match is not null)
        {
            use.Note(match.Id, now);
        }

        return match is not null;
    }
}
