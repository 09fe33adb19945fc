using OpenIddict.Server;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>Which error of ours an error of OpenIddict's became, so that nobody has to tell it by its text.</summary>
internal static class DocumentedError
{
    public static void SetDocumentedError(this OpenIddictServerTransaction transaction, ProtocolError error) =>
        transaction.SetProperty(nameof(DocumentedError), error);

    public static bool HasDocumentedError(this OpenIddictServerTransaction transaction, ProtocolError error) =>
        transaction.GetProperty<ProtocolError>(nameof(DocumentedError)) == error;
}
