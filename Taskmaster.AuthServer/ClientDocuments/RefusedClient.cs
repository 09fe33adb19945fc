using OpenIddict.Server;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// Remembers that a request's client is not who it was when its redirect URIs were last known, so that nobody is sent to one.
/// </summary>
internal static class RefusedClient
{
    public static void SetClientRefused(this OpenIddictServerTransaction transaction) =>
        transaction.SetProperty(nameof(RefusedClient), transaction);

    public static bool IsClientRefused(this OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<OpenIddictServerTransaction>(nameof(RefusedClient)) is not null;
}
