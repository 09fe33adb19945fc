using System.Globalization;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>Every error body of the documentation and of ours, and which of OpenIddict's messages becomes which.</summary>
internal static class ProtocolErrors
{
    /// <summary>The realm of every <c>WWW-Authenticate</c> challenge (RFC 9110 §11.5).</summary>
    public const string Realm = "Taskmaster";

    // Client authentication. The two documents write the first two differently.
    public static readonly ProtocolError InvalidServiceCredentials = new(InvalidClient, "invalid client credentials");
    public static readonly ProtocolError InvalidClientCredentials = new(InvalidClient, "Invalid client credentials");
    public static readonly ProtocolError InvalidClientAssertion = new(InvalidClient, "Invalid client assertion");
    public static readonly ProtocolError ClientAuthenticationRequired = new(InvalidRequest, "Client authentication required");
    public static readonly ProtocolError MalformedAuthorizationHeader = new(InvalidRequest, "Malformed Authorization header");
    public static readonly ProtocolError SeveralAuthenticationMethods = new(InvalidRequest, "More than one client authentication method");
    public static readonly ProtocolError UnknownClient = new(InvalidRequest, "Unknown client");
    public static readonly ProtocolError GrantNotAllowed = new(UnauthorizedClient, "The client may not use this grant type");
    public static readonly ProtocolError EndpointNotAllowed = new(UnauthorizedClient, "The client may not use this endpoint");

    // Clients that a document describes. Why a document could not be reached is nobody's to hear: it would map networks.
    public static readonly ProtocolError ClientDocumentsNotTaken = new(
        InvalidClient, "A client_id that is an address is not taken here: register the client");
    public static readonly ProtocolError ClientHostNotTaken = new(InvalidClient, "Clients of this host are not taken here");
    public static readonly ProtocolError ClientDocumentUnreachable = new(
        InvalidClient, "The client's metadata document cannot be fetched from its client_id");
    public static readonly ProtocolError ClientDocumentGone = new(InvalidClient, "There is no metadata document at the client_id");
    public static readonly ProtocolError ClientNoLongerAuthenticates = new(
        InvalidGrant, "The client authenticated when this was granted, and does not any more");
    public static readonly ProtocolError TooManyFetches = new(
        TemporarilyUnavailable, "Too many metadata documents are asked for at once. Try again in a minute.");

    // Authorization requests, sent by the browser or pushed.
    public static readonly ProtocolError InvalidRedirectUri = new(InvalidRequest, "Invalid redirect URI");
    public static readonly ProtocolError OtherResponseType = new(UnsupportedResponseType, "Unsupported response type");
    public static readonly ProtocolError InvalidCodeChallenge = new(InvalidRequest, "Invalid code challenge");
    public static readonly ProtocolError InvalidMaxAge = new(InvalidRequest, "Invalid max_age");
    public static readonly ProtocolError InvalidClaims = new(InvalidRequest, "Invalid claims");
    public static readonly ProtocolError UnmetAuthenticationContext = new(
        ErrorCodes.UnmetAuthenticationRequirements, "No sign-in meets the required acr");
    public static readonly ProtocolError AuthorizationRequestTooLong = new(
        InvalidRequest, "The request is too long: shorten state, or push the request (RFC 9126)");
    public static readonly ProtocolError UnusableRequestUri = new(InvalidRequestUri, "The request URI is unknown, used or expired");
    public static readonly ProtocolError SignInRequired = new(LoginRequired, "The user must sign in");
    public static readonly ProtocolError OtherUserThanHinted = new(LoginRequired, "Another user has signed in than the hint names");
    public static readonly ProtocolError UserMustConsent = new(ConsentRequired, "The user must consent");
    public static readonly ProtocolError UserDenied = new(AccessDenied, "The user denied the request");

    // Scopes and resources, of every request that can name them.
    public static readonly ProtocolError MissingScope = new(InvalidScope, "Missing required parameter: scope");
    public static readonly ProtocolError ScopesNotAllowed = new(InvalidScope, "Invalid scope");
    public static readonly ProtocolError ScopesNoLongerRegistered = new(
        InvalidScope, "The client is not registered any more for what was granted");
    public static readonly ProtocolError UnknownResource = new(InvalidTarget, "Unknown resource");
    public static readonly ProtocolError MalformedResource = new(InvalidTarget, "A resource must be an absolute URI without a fragment");
    public static readonly ProtocolError ResourceNotGranted = new(InvalidTarget, "The resource was not granted");

    // Codes and refresh tokens at the token endpoint.
    public static readonly ProtocolError OtherRedirectUri = new(InvalidGrant, "Invalid redirect URI");
    public static readonly ProtocolError AuthorizationCodeExpired = new(InvalidGrant, "Authorization code expired");
    public static readonly ProtocolError InvalidAuthorizationCode = new(InvalidGrant, "Invalid authorization code");
    public static readonly ProtocolError InvalidCodeVerifier = new(InvalidGrant, "Invalid code verifier");
    public static readonly ProtocolError UnexpectedCodeVerifier = new(
        InvalidRequest, "Unexpected code verifier: the authorization request had no code challenge");
    public static readonly ProtocolError RefreshTokenExpired = new(InvalidGrant, "Refresh token expired");
    public static readonly ProtocolError InvalidRefreshToken = new(InvalidGrant, "Invalid refresh token");

    // Devices that poll the token endpoint (RFC 8628 §3.5).
    public static readonly ProtocolError AuthorizationIsPending = new(AuthorizationPending, "The user has not decided yet");
    public static readonly ProtocolError PolledTooFast = new(SlowDown, "Polled too soon: wait longer between two polls");
    public static readonly ProtocolError DeviceCodeExpired = new(ExpiredToken, "Device code expired");
    public static readonly ProtocolError InvalidDeviceCode = new(InvalidGrant, "Invalid device code");

    // The exchange of a token (RFC 8693 §2.2.2).
    public static readonly ProtocolError InvalidSubjectToken = new(InvalidRequest, "Invalid subject token");
    public static readonly ProtocolError UnexpectedActorToken = new(InvalidRequest, "Unexpected actor token: the client is the actor");
    public static readonly ProtocolError ResourceNotExchangeable = new(
        InvalidTarget, "A token is exchanged for one resource, the Tasks API");

    // Access tokens (RFC 6750 §3.1).
    public static readonly ProtocolError AccessTokenExpired = new(InvalidToken, "The Access Token expired");
    public static readonly ProtocolError InvalidAccessToken = new(InvalidToken, "Invalid access token");
    public static readonly ProtocolError AccessTokenInAddress = new(InvalidRequest, "The access token must not be in the address");
    public static readonly ProtocolError SeveralAccessTokens = new(InvalidRequest, "More than one access token");
    public static readonly ProtocolError OpenIdScopeRequired = new(
        InsufficientScope, "The access token was not issued for the scope openid");
    public static readonly ProtocolError UserNoLongerExists = new(InvalidToken, "The user no longer exists");

    // Proofs of possession, and what is bound to a key (RFC 9449).
    public static readonly ProtocolError InvalidKeyThumbprint = new(InvalidRequest, "Invalid dpop_jkt");
    public static readonly ProtocolError OtherKeyThanNamed = new(
        DpopProblem.InvalidProof, "dpop_jkt is not the thumbprint of the key of the DPoP proof");
    public static readonly ProtocolError AuthorizationCodeBoundToOtherKey = new(
        InvalidGrant, "The authorization code is bound to another key than that of the DPoP proof");
    public static readonly ProtocolError RefreshTokenBoundToOtherKey = new(
        InvalidGrant, "The refresh token is bound to another key than that of the DPoP proof");
    public static readonly ProtocolError AccessTokenBound = new(
        InvalidToken, "The access token is bound to a key: send it by the scheme DPoP, with a proof");
    public static readonly ProtocolError AccessTokenNotBound = new(
        InvalidToken, "The access token is bound to no key: send it by the scheme Bearer");

    // Requests of every endpoint.
    public static readonly ProtocolError FormRequired = new(InvalidRequest, "The Content-Type must be application/x-www-form-urlencoded");
    public static readonly ProtocolError MethodNotAllowed = new(InvalidRequest, "Method not allowed");
    public static readonly ProtocolError UnreadableForm = new(InvalidRequest, "The request cannot be read");
    public static readonly ProtocolError InsecureTransport = new(InvalidRequest, "HTTPS is required");
    public static readonly ProtocolError StoreUnavailable = new(
        TemporarilyUnavailable, "The service is temporarily unavailable. Try again shortly.");

    public static ProtocolError MissingParameter(string? name) => new(InvalidRequest, $"Missing required parameter: {name}");

    public static ProtocolError InvalidClientIdUrl(string problem) => new(
        InvalidClient, $"The client_id cannot be the address of a metadata document: {problem}");

    public static ProtocolError InvalidClientDocument(string problem) => new(
        InvalidClient, $"The client's metadata document cannot be used: {problem}");

    public static ProtocolError Of(DpopProblem problem) => new(problem.Error, problem.Description);

    public static ProtocolError DuplicateParameter(string name) =>
        new(InvalidRequest, $"Duplicate parameter: {ErrorDescription.Quoted(name)}");

    public static ProtocolError InvalidScopeOf(string? scope) =>
        new(InvalidScope, $"Invalid scope: {ErrorDescription.Quoted(scope ?? string.Empty)}");

    /// <summary>The text of a 413, for which OAuth has no error code.</summary>
    public static ProtocolError TooLarge(int limit) =>
        new(InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"The request body must be {limit} bytes or less"));

    public static ProtocolError TooManyRequests(int secondsLeft) =>
        new(ErrorCodes.TooManyRequests, $"Too many requests. Try again in {secondsLeft} s.");

    /// <summary>Our text for an error of OpenIddict's, or null to keep its own.</summary>
    public static ProtocolError? For(OpenIddictError given) => given.Id switch
    {
        // RFC 6750 §3.1: without a token the challenge names no error, which OpenIddict sees to for this one.
        _ when given.Error is MissingToken => null,

        "ID2198" => ClientAuthenticationRequired,
        "ID2029" or "ID2054" or "ID2057" or "ID2059" when IsMissingAuthentication(given) => ClientAuthenticationRequired,
        "ID2029" when given is { IsTokenEndpoint: true, Parameter: "redirect_uri" } => OtherRedirectUri,
        "ID2029" or "ID2054" or "ID2059" => MissingParameter(given.Parameter),
        "ID2028" => new(given.Error, $"Parameter not supported: {given.Parameter}"),

        "ID2030" or "ID2031" or "ID2135" => InvalidRedirectUri,
        "ID2043" when given.Parameter is "redirect_uri" => InvalidRedirectUri,
        "ID2043" when given.Parameter is "grant_type" => GrantNotAllowed,
        "ID2072" => OtherRedirectUri,

        "ID2004" or "ID2013" or "ID2019" or "ID2089" or "ID2178" or "ID2182" when given.IsAuthorizationEndpoint => UnusableRequestUri,

        "ID2032" => new(given.Error, $"Unsupported {Words(given.Parameter)}"),
        "ID2034" or "ID2035" => InvalidScopeOf(given.Parameter),

        "ID2052" when given is { Parameter: "client_id", Error: InvalidClient } => CredentialsFor(given),
        "ID2052" when given.Parameter is "client_id" => UnknownClient,
        "ID2052" when given.Parameter is "code_verifier" => InvalidCodeVerifier,
        "ID2052" => new(given.Error, $"Invalid {Words(given.Parameter)}"),

        "ID2055" when given.Error is InvalidRequest => MalformedAuthorizationHeader,
        "ID2055" or "ID2053" => CredentialsFor(given),
        "ID2087" => SeveralAuthenticationMethods,

        "ID2001" or "ID2005" or "ID2010" or "ID2016" or "ID2020" or "ID2066" or "ID2069" => InvalidAuthorizationCode,
        "ID2003" or "ID2007" or "ID2012" or "ID2018" or "ID2022" or "ID2068" or "ID2071" => InvalidRefreshToken,
        "ID2004" or "ID2089" when given is { Error: InvalidGrant, GrantType: "authorization_code" } => InvalidAuthorizationCode,
        "ID2004" or "ID2089" when given is { Error: InvalidGrant, GrantType: "refresh_token" } => InvalidRefreshToken,
        "ID2171" or "ID2172" or "ID2173" or "ID2174" => InvalidClientAssertion,
        "ID2004" or "ID2089" or "ID2090" or "ID2091" or "ID2094" when given.Error is InvalidClient => InvalidClientAssertion,
        "ID2014" => AuthorizationIsPending,
        "ID2015" when given.IsTokenEndpoint => UserDenied,
        "ID2002" or "ID2006" or "ID2011" or "ID2017" or "ID2021" or "ID2067" or "ID2070" => InvalidDeviceCode,
        "ID2004" or "ID2089" when given is { Error: InvalidGrant, GrantType: "urn:ietf:params:oauth:grant-type:device_code" } =>
            InvalidDeviceCode,
        "ID2004" or "ID2019" when given.IsUserInfoEndpoint => InvalidAccessToken,

        "ID2073" => UnexpectedCodeVerifier,
        "ID2046" or "ID2056" or "ID2063" or "ID2075" or "ID2078" or "ID2140" => EndpointNotAllowed,
        "ID2027" or "ID2047" or "ID2064" => GrantNotAllowed,
        "ID2065" or "ID2051" => ScopesNotAllowed,

        "ID2081" or "ID2082" when given.Parameter is "Content-Type" => FormRequired,
        "ID2083" => InsecureTransport,
        "ID2084" => MethodNotAllowed,
        _ => null,
    };

    private static ProtocolError CredentialsFor(OpenIddictError given) =>
        given.GrantType is "client_credentials" ? InvalidServiceCredentials : InvalidClientCredentials;

    // A token request with neither client nor grant type is told first what the documentation lists: to authenticate.
    private static bool IsMissingAuthentication(OpenIddictError given) =>
        given.IsAuthenticatedEndpoint
        && (given.Id is "ID2057"
            || given.Parameter is "client_id" or "client_secret"
            || (given.Parameter is "grant_type" && !given.HasClient));

    private static string Words(string? parameter) => parameter?.Replace('_', ' ') ?? "parameter";
}
