using System.Diagnostics.CodeAnalysis;
using System.Text;
using Taskmaster.AuthServer.Clients;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// A <c>client_id</c> that is the address of the document describing its client
/// (draft-ietf-oauth-client-id-metadata-document-02 §3). One client has one spelling: what a library would rewrite on the way
/// is refused, because the document must repeat it character by character.
/// </summary>
internal static class ClientIdUrl
{
    /// <summary>Whether the <c>client_id</c> means to be an address; those that Taskmaster makes have no colon.</summary>
    public static bool Is([NotNullWhen(true)] string? clientId) =>
        clientId is not null
        && (clientId.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || clientId.StartsWith("http://", StringComparison.OrdinalIgnoreCase));

    /// <summary>The address, or what is wrong with it.</summary>
    public static (Uri? Address, string? Problem) Read(string clientId)
    {
        if (clientId.Length > ClientConfiguration.ClientIdMaxLength)
        {
            return (null, $"it must be {ClientConfiguration.ClientIdMaxLength} characters or less");
        }

        if (!Uri.TryCreate(clientId, UriKind.Absolute, out var address) || address.HostNameType is UriHostNameType.Unknown)
        {
            return (null, "it is no address");
        }

        return address switch
        {
            _ when clientId.Contains('#', StringComparison.Ordinal) => (null, "it must not have a fragment"),
            { UserInfo.Length: > 0 } => (null, "it must not have a user name or password"),
            { AbsolutePath: "/" } => (null, "it must have a path"),

            // A name with a dot behind it is the same host, and no setting names it so.
            _ when address.IdnHost.EndsWith('.') => (null, "its host must not end with a dot"),

            // .NET takes letters beyond ASCII for what they are escaped as.
            _ when !Ascii.IsValid(clientId) => (null, "it must be written in ASCII"),

            // A slash that is escaped is one to some and none to others.
            _ when address.AbsolutePath.Contains("%2F", StringComparison.OrdinalIgnoreCase) => (null, "it must not have an escaped slash"),

            // Among what .NET rewrites are the segments . and .., letter case of the host, and a port that need not be named.
            _ when address.AbsoluteUri != clientId => (null, "it must be written in its shortest form, without the segments . and .."),
            _ => (address, null),
        };
    }
}
