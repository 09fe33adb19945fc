using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Taskmaster.AuthServer.ClientDocuments;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Token;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Discovery;

/// <summary>
/// What the discovery document (OpenID Connect Discovery §3, RFC 8414 §2) says beyond what OpenIddict makes of its options.
/// </summary>
internal sealed class AdvertisedMetadata(PublicOrigin origin, IOptions<ClientDocumentOptions> documents)
    : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    /// <summary>
    /// OpenIddict advertises whatever its options allow: nothing is left in them that does not work here. What is taken out is
    /// refused, not only left unsaid.
    /// </summary>
    public static void OnlyWhatWorks(OpenIddictServerOptions options)
    {
        // RFC 9700 §2.1.1: "plain" shows the verifier to whoever sees the authorization request.
        options.CodeChallengeMethods.Clear();
        _ = options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);

        _ = options.PromptValues.Remove(PromptValues.SelectAccount);

        options.ClientAuthenticationMethods.Clear();
        options.ClientAuthenticationMethods.UnionWith(
        [
            ClientAuthenticationMethods.ClientSecretBasic, ClientAuthenticationMethods.ClientSecretPost,
            ClientAuthenticationMethods.PrivateKeyJwt,
        ]);
    }

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        context.Metadata[Metadata.Issuer] = origin.Value;
        context.Metadata[Metadata.AcrValuesSupported] = ImmutableArray.Create<string?>(AuthenticationContext.Password);
        context.Metadata["registration_endpoint"] = origin.Value + OAuthEndpoints.Register;
        if (documents.Value.Enabled)
        {
            // draft-ietf-oauth-client-id-metadata-document-02 §6.
            context.Metadata["client_id_metadata_document_supported"] = true;
        }

        // RFC 9728 §4.
        context.Metadata["protected_resources"] = ImmutableArray.Create<string?>([.. origin.ProtectedResources]);
        // RFC 9449 §5.1.
        context.Metadata["dpop_signing_alg_values_supported"] = ImmutableArray.Create<string?>([.. DpopNames.Algorithms]);
        // RFC 8414 §2 requires these beside private_key_jwt.
        foreach (var endpoint in new[] { "token", "introspection", "revocation" })
        {
            context.Metadata[$"{endpoint}_endpoint_auth_signing_alg_values_supported"] = ImmutableArray.Create<string?>(
                ClientKeys.Algorithms);
        }

        // Devices are public clients, and public clients push requests, redeem codes and revoke tokens without authenticating.
        context.DeviceAuthorizationEndpointAuthenticationMethods.Clear();
        context.DeviceAuthorizationEndpointAuthenticationMethods.Add("none");
        context.TokenEndpointAuthenticationMethods.Add("none");
        context.RevocationEndpointAuthenticationMethods.Add("none");
        context.PushedAuthorizationEndpointAuthenticationMethods.Add("none");
        return ValueTask.CompletedTask;
    }
}
