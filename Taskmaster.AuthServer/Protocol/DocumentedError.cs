using OpenIddict.Server;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// Remembers which entry of <see cref="ProtocolErrors"/> replaced an error of OpenIddict's, so that handlers need not compare texts.
/// </summary>
internal static class DocumentedError
{
    public static void SetDocumentedError(this OpenIddictServerTransaction transaction, ProtocolError error) =>
        transaction.SetProperty(nameof(DocumentedError), error);

    public static bool HasDocumentedError(this OpenIddictServerTransaction transaction, ProtocolError error) =>
        transaction.GetProperty<ProtocolError>(nameof(DocumentedError)) == error;
}
