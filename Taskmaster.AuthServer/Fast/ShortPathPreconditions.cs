using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Server.DataProtection;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// The short path gives OpenIddict's answers only while OpenIddict is set up as it was when the two were compared. Another
/// set-up stops the start, so that nobody gets a token that the pipeline would have made otherwise.
/// </summary>
internal sealed class ShortPathPreconditions(
    IOptions<OpenIddictServerOptions> server,
    IOptions<OpenIddictServerAspNetCoreOptions> aspNetCore,
    IOptions<OpenIddictServerDataProtectionOptions> dataProtection,
    PublicOrigin origin) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Unmet().ToList() is { Count: > 0 } unmet)
        {
            throw new InvalidOperationException(
                $"The short path relies on {string.Join("; on ", unmet)}. Teach it the change, or set "
                + $"{FastOptions.Section}:{nameof(FastOptions.ShortPath)} to false.");
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Unmet()
    {
        var options = server.Value;
        (bool IsMet, string What)[] preconditions =
        [
            (options.Issuer == origin.Uri, "the public origin as issuer"),
            (options is { UseReferenceAccessTokens: true, UseReferenceRefreshTokens: true, DisableTokenStorage: false },
                "reference tokens in the token store"),
            (options.DisableAuthorizationStorage, "no authorization entries"),
            (dataProtection.Value is
                {
                    PreferDefaultAccessTokenFormat: false,
                    PreferDefaultAuthorizationCodeFormat: false,
                    PreferDefaultRefreshTokenFormat: false,
                },
                "codes and tokens in Data Protection's format"),
            (!options.UseClientCertificateBoundAccessTokens, "access tokens that are not bound to a certificate"),
            (!options.EnableDegradedMode, "OpenIddict's checks of clients and tokens"),
            (options is { AccessTokenLifetime: not null, IdentityTokenLifetime: not null, RefreshTokenLifetime: not null },
                "a lifetime of each token"),
            (options.GrantTypes.IsSupersetOf([GrantTypes.ClientCredentials, GrantTypes.AuthorizationCode, GrantTypes.RefreshToken]),
                "the grants of client credentials, codes and refresh tokens"),
            (options.SigningCredentials.TrueForAll(credentials => IdTokenAlgorithms.All.Contains(credentials.Algorithm)),
                "keys that sign with RS256 or ES256"),
            (options.ClientAuthenticationMethods.IsSupersetOf(
                [ClientAuthenticationMethods.ClientSecretBasic, ClientAuthenticationMethods.ClientSecretPost]),
                "client secrets in the Authorization header and in the form"),
            (Has(options.TokenEndpointUris, OAuthEndpoints.Token) && Has(options.IntrospectionEndpointUris, OAuthEndpoints.Introspect),
                "the documented endpoints"),
            (!aspNetCore.Value.SuppressJsonResponseIndentation, "indented JSON"),
        ];
        return preconditions.Where(precondition => !precondition.IsMet).Select(precondition => precondition.What);
    }

    private static bool Has(IReadOnlyCollection<Uri> endpoints, string path) =>
        endpoints.Any(endpoint => string.Equals('/' + endpoint.OriginalString.TrimStart('/'), path, StringComparison.Ordinal));
}
