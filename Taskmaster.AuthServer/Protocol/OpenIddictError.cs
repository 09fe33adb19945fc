using System.Text.RegularExpressions;
using OpenIddict.Server;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// An error of OpenIddict's, told by its message id. The id is the last part of the <c>error_uri</c>; the parameter it
/// is about is the first quoted word of the text.
/// </summary>
internal sealed partial record OpenIddictError(
    string Id, string Error, string? Parameter, OpenIddictServerEndpointType Endpoint, string? GrantType, bool HasClient)
{
    public bool IsTokenEndpoint => Endpoint is OpenIddictServerEndpointType.Token;

    public bool IsAuthorizationEndpoint => Endpoint is OpenIddictServerEndpointType.Authorization;

    public bool IsUserInfoEndpoint => Endpoint is OpenIddictServerEndpointType.UserInfo;

    public bool IsAuthenticatedEndpoint => Endpoint is OpenIddictServerEndpointType.Token
        or OpenIddictServerEndpointType.PushedAuthorization
        or OpenIddictServerEndpointType.DeviceAuthorization
        or OpenIddictServerEndpointType.Introspection
        or OpenIddictServerEndpointType.Revocation;

    /// <summary>Null for an error of our own, which has no <c>error_uri</c>.</summary>
    public static OpenIddictError? From(OpenIddictServerTransaction transaction)
    {
        if (transaction.Response is not { Error: { Length: > 0 } error, ErrorUri: { Length: > 0 } uri } response)
        {
            return null;
        }

        return new OpenIddictError(
            uri[(uri.LastIndexOf('/') + 1)..],
            error,
            QuotedWord().Match(response.ErrorDescription ?? string.Empty) is { Success: true } match ? match.Groups[1].Value : null,
            transaction.EndpointType,
            transaction.Request?.GrantType,
            transaction.Request?.ClientId is { Length: > 0 });
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedWord();
}
