using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Keys;
using Taskmaster.AuthServer.Registration;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// A Client ID Metadata Document (draft-ietf-oauth-client-id-metadata-document-02 §4). It is written for every authorization
/// server and not for this one: what Taskmaster does not have, a grant type, a scope or a redirect URI of a scheme it does
/// not take, is passed over as long as something is left.
/// </summary>
internal sealed record ClientDocument
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    private static readonly string[] Grants = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken];

    // Without a shared secret there is nothing but a key pair to authenticate by (§8.2); the stronger first.
    private static readonly string[] Methods = [ClientAuthenticationMethods.PrivateKeyJwt, ClientAuthenticationMethods.None];

    public string? ClientId { get; init; }

    public string? ClientName { get; init; }

    public string? ClientUri { get; init; }

    public string? PolicyUri { get; init; }

    public IReadOnlyList<string?>? RedirectUris { get; init; }

    public IReadOnlyList<string?>? PostLogoutRedirectUris { get; init; }

    public string? TokenEndpointAuthMethod { get; init; }

    /// <summary>
    /// OpenID Connect RP Metadata Choices 1.0 §2: all methods the client can use; <see cref="TokenEndpointAuthMethod"/> is the one
    /// it prefers.
    /// </summary>
    public IReadOnlyList<string?>? TokenEndpointAuthMethodsSupported { get; init; }

    [JsonPropertyName("grant_types")]
    public IReadOnlyList<string?>? GrantTypesNamed { get; init; }

    [JsonPropertyName("response_types")]
    public IReadOnlyList<string?>? ResponseTypesNamed { get; init; }

    public string? Scope { get; init; }

    public string? IdTokenSignedResponseAlg { get; init; }

    public JsonElement? Jwks { get; init; }

    public string? JwksUri { get; init; }

    public JsonElement? ClientSecret { get; init; }

    public JsonElement? ClientSecretExpiresAt { get; init; }

    /// <summary>Where the keys are, if the client authenticates by them and the document does not have them.</summary>
    public string? KeysAddress => Method() is ClientAuthenticationMethods.PrivateKeyJwt && Jwks is null ? JwksUri : null;

    /// <summary>The document of that client, or what is wrong with it.</summary>
    public static (ClientDocument? Document, string? Problem) Read(ReadOnlySpan<byte> content, string clientId)
    {
        try
        {
            var document = JsonSerializer.Deserialize<ClientDocument>(content, Json);
            return document?.Problem(clientId) is { } problem ? (null, problem)
                : document is null ? (null, "it is no JSON object") : (document, null);
        }
        catch (JsonException exception)
        {
            return (null, exception.Path is { Length: > 2 } path ? $"{path[2..]} cannot be read" : "it is no JSON object");
        }
    }

    /// <summary>What the client is by this document, checked as a registration is; or what is wrong with it.</summary>
    public (ClientMetadata? Metadata, string? Problem) Describe(JsonElement? keys, PrivateUseSchemes schemes)
    {
        var method = Method();
        var isPublic = method is ClientAuthenticationMethods.None;
        var redirectUris = RedirectUris!.OfType<string>().ToList();
        var usable = redirectUris.Where(uri => RedirectUriRules.Problem(uri, isPublic, schemes) is null).ToList();
        var afterSignOut = (PostLogoutRedirectUris ?? []).OfType<string>()
            .Where(uri => RedirectUriRules.Problem(uri, isPublic, schemes) is null)
            .ToList();
        var scopes = Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Intersect(ClientPermissions.UserScopes).ToList();
        if (scopes is { Count: 0 } && !string.IsNullOrWhiteSpace(Scope))
        {
            return (null, "scope names none that there is here");
        }

        var (metadata, problem) = ClientMetadata.Read(
            new RegistrationRequest
            {
                ClientName = ClientName,
                RedirectUris = usable.Count > 0 ? usable : redirectUris,
                PostLogoutRedirectUris = afterSignOut,
                TokenEndpointAuthMethod = method,
                GrantTypes = [.. (GrantTypesNamed ?? [GrantTypes.AuthorizationCode]).OfType<string>().Intersect(Grants)],
                Scope = scopes is null ? null : string.Join(' ', scopes),
                Jwks = isPublic ? null : Jwks ?? keys,
                IdTokenSignedResponseAlg = IdTokenAlgorithms.All.FirstOrDefault(algorithm => algorithm == IdTokenSignedResponseAlg),
            },
            schemes);
        return (metadata, problem?.ErrorDescription);
    }

    /// <summary>
    /// What a user agrees to when they let the client in: its name, where it returns to, how it authenticates and with whose
    /// keys, and what it may ask for. Keys that are at <c>jwks_uri</c> count by that address, so that they can rotate.
    /// </summary>
    public string HashOf(ClientMetadata metadata)
    {
        string[] parts =
        [
            metadata.Name, metadata.AuthenticationMethod, Set(metadata.RedirectUris), Set(metadata.GrantTypes), Set(metadata.Scopes),
            metadata.IsPublic ? string.Empty : KeysAddress ?? metadata.JsonWebKeys ?? string.Empty,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));

        static string Set(IEnumerable<string> values) => string.Join(' ', values.Order(StringComparer.Ordinal));
    }

    /// <summary>An address of https that a page may link to, or null.</summary>
    public static string? LinkOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "" }
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.AbsoluteUri.Length <= Client.LinkMaxLength
            ? uri.AbsoluteUri
            : null;

    private string? Problem(string clientId) => this switch
    {
        // RFC 3986 §6.2.1: simple string comparison.
        _ when ClientId != clientId => "client_id must be the address of the document",
        _ when ClientSecret is not null || ClientSecretExpiresAt is not null => "client_secret has no place in it",
        { ClientName: null or "" } => "client_name is missing",
        { RedirectUris: not { Count: > 0 } } => "redirect_uris is missing",
        _ when RedirectUris.Any(uri => uri is null) => "redirect_uris must be a list of addresses",
        _ when IsSymmetric(TokenEndpointAuthMethod) => "token_endpoint_auth_method must not need a shared secret",
        _ when Method() is null => $"token_endpoint_auth_method must be one of: {string.Join(", ", Methods)}",
        _ when Method() is ClientAuthenticationMethods.PrivateKeyJwt && Jwks is null == JwksUri is null =>
            "private_key_jwt needs either jwks or jwks_uri",
        _ when GrantTypesNamed is { } grants && !grants.Contains(GrantTypes.AuthorizationCode) =>
            $"grant_types must have {GrantTypes.AuthorizationCode}",
        _ when ResponseTypesNamed is { } types && !types.Contains(ResponseTypes.Code) => $"response_types must have {ResponseTypes.Code}",
        _ => null,
    };

    private static bool IsSymmetric(string? method) => method?.StartsWith("client_secret", StringComparison.Ordinal) is true;

    /// <summary>
    /// The method the client prefers if Taskmaster has it, else the stronger of those it can use: the client chooses by
    /// <c>token_endpoint_auth_methods_supported</c> of the metadata in the same way. A document that names none is a public client's.
    /// </summary>
    private string? Method() => TokenEndpointAuthMethod is { } preferred && Methods.Contains(preferred)
        ? preferred
        : TokenEndpointAuthMethodsSupported is { Count: > 0 } supported
            ? Methods.FirstOrDefault(method => supported.Contains(method))
            : TokenEndpointAuthMethod is null ? ClientAuthenticationMethods.None : null;
}
