using System.Collections.Immutable;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Grants = OpenIddict.Abstractions.OpenIddictConstants.GrantTypes;

namespace Taskmaster.AuthServer.Registration;

/// <summary>Checked client metadata, with the defaults of RFC 7591 §2 filled in.</summary>
internal sealed record ClientMetadata(
    string Name,
    string AuthenticationMethod,
    IReadOnlyList<string> GrantTypes,
    IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string> PostLogoutRedirectUris,
    IReadOnlyList<string> Scopes,
    string? JsonWebKeys,
    bool RequireDpop,
    string IdTokenAlgorithm)
{
    public const string DefaultName = "Unnamed application";

    private static readonly ImmutableArray<string> Methods =
    [
        ClientAuthenticationMethods.ClientSecretBasic, ClientAuthenticationMethods.ClientSecretPost,
        ClientAuthenticationMethods.PrivateKeyJwt, ClientAuthenticationMethods.None,
    ];

    private static readonly ImmutableArray<string> SupportedGrantTypes =
        [Grants.AuthorizationCode, Grants.RefreshToken, Grants.DeviceCode];

    public bool IsPublic => AuthenticationMethod is ClientAuthenticationMethods.None;

    public bool HasSecret =>
        AuthenticationMethod is ClientAuthenticationMethods.ClientSecretBasic or ClientAuthenticationMethods.ClientSecretPost;

    private bool HasRedirects => GrantTypes.Contains(Grants.AuthorizationCode);

    /// <summary>The metadata, or the first thing that is wrong with it.</summary>
    public static (ClientMetadata? Metadata, RegistrationProblem? Problem) Read(RegistrationRequest request, PrivateUseSchemes schemes)
    {
        var (keys, keyProblem) = request.Jwks is { } set ? ClientKeys.Read(set) : (null, null);
        var metadata = new ClientMetadata(
            string.IsNullOrWhiteSpace(request.ClientName) ? DefaultName : request.ClientName.Trim(),
            request.TokenEndpointAuthMethod ?? ClientAuthenticationMethods.ClientSecretBasic,
            [.. (request.GrantTypes ?? [Grants.AuthorizationCode]).Distinct()],
            [.. (request.RedirectUris ?? []).Distinct()],
            [.. (request.PostLogoutRedirectUris ?? []).Distinct()],
            request.Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } scopes
                ? [.. scopes.Distinct()]
                : ClientPermissions.UserScopes,
            keys,
            request.DpopBoundAccessTokens ?? false,
            request.IdTokenSignedResponseAlg ?? IdTokenAlgorithms.Default);

        var problem = keyProblem is null
            ? metadata.ProblemWithKind(request) ?? metadata.ProblemWithName() ?? metadata.ProblemWithRedirects(schemes)
            : RegistrationProblem.Metadata(keyProblem);
        return problem is null ? (metadata, null) : (null, problem);
    }

    private RegistrationProblem? ProblemWithKind(RegistrationRequest request) => this switch
    {
        _ when !Methods.Contains(AuthenticationMethod) =>
            RegistrationProblem.Metadata($"token_endpoint_auth_method must be one of: {string.Join(", ", Methods)}"),
        _ when GrantTypes.Contains(Grants.ClientCredentials) =>
            RegistrationProblem.Metadata(
                "client_credentials needs an owner whose tasks it is about: register the application on the Developer page"),
        _ when GrantTypes.Count == 0 || GrantTypes.Except(SupportedGrantTypes).Any() =>
            RegistrationProblem.Metadata($"grant_types must be some of: {string.Join(", ", SupportedGrantTypes)}"),
        { IsPublic: false } when GrantTypes.Contains(Grants.DeviceCode) =>
            RegistrationProblem.Metadata("The device grant is for clients with token_endpoint_auth_method none"),
        _ when request.ResponseTypes is { } types && !types.SequenceEqual(HasRedirects ? [ResponseTypes.Code] : []) =>
            RegistrationProblem.Metadata("response_types must be the one value code with the grant type authorization_code, and empty without it"),
        _ when Scopes.Except(ClientPermissions.UserScopes).FirstOrDefault() is { } scope =>
            RegistrationProblem.Metadata($"The scope {ErrorDescription.Quoted(scope)} does not exist"),
        _ when request.JwksUri is not null => RegistrationProblem.Metadata("jwks_uri is not supported: send the keys as jwks"),
        { AuthenticationMethod: ClientAuthenticationMethods.PrivateKeyJwt, JsonWebKeys: null } =>
            RegistrationProblem.Metadata("private_key_jwt needs jwks"),
        { AuthenticationMethod: not ClientAuthenticationMethods.PrivateKeyJwt, JsonWebKeys: not null } =>
            RegistrationProblem.Metadata("jwks is for token_endpoint_auth_method private_key_jwt"),
        _ when request.SubjectType is not (null or SubjectTypes.Public) => RegistrationProblem.Metadata("subject_type must be public"),
        _ when !IdTokenAlgorithms.All.Contains(IdTokenAlgorithm) =>
            RegistrationProblem.Metadata($"id_token_signed_response_alg must be one of: {string.Join(", ", IdTokenAlgorithms.All)}"),
        _ => null,
    };

    private RegistrationProblem? ProblemWithName() => this switch
    {
        _ when Name.Length > Client.NameMaxLength =>
            RegistrationProblem.Metadata($"client_name must be {Client.NameMaxLength} characters or less"),
        _ when !VisibleText.IsIn(Name) => RegistrationProblem.Metadata("client_name must have a character that can be seen"),
        _ when Name.Any(char.IsControl) => RegistrationProblem.Metadata("client_name must not contain control characters"),
        _ => null,
    };

    private RegistrationProblem? ProblemWithRedirects(PrivateUseSchemes schemes)
    {
        if (HasRedirects && RedirectUris.Count == 0)
        {
            return RegistrationProblem.RedirectUri("redirect_uris is required with the grant type authorization_code");
        }

        if (RedirectUris.Count > Client.RedirectUrisMaxCount || PostLogoutRedirectUris.Count > Client.RedirectUrisMaxCount)
        {
            return RegistrationProblem.RedirectUri($"A client can have {Client.RedirectUrisMaxCount} redirect URIs or less");
        }

        return ProblemIn(RedirectUris) is { } redirect
            ? RegistrationProblem.RedirectUri(redirect)
            : ProblemIn(PostLogoutRedirectUris) is { } postLogout ? RegistrationProblem.Metadata(postLogout) : null;

        string? ProblemIn(IEnumerable<string?> uris) => uris
            .Select(uri => RedirectUriRules.Problem(uri ?? string.Empty, IsPublic, schemes))
            .FirstOrDefault(problem => problem is not null);
    }
}
