using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using OpenIddict.Server;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants.Errors;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// <c>auth_server.requests</c> of the meter <c>Taskmaster.AuthServer</c> (docs/telemetry.md): the answers of the protocol's
/// endpoints by endpoint, error (none for a success) and whether the short path gave them.
/// </summary>
internal sealed class TokenRequests :
    IOpenIddictServerHandler<ApplyAuthorizationResponseContext>,
    IOpenIddictServerHandler<ApplyPushedAuthorizationResponseContext>,
    IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>,
    IOpenIddictServerHandler<ApplyEndUserVerificationResponseContext>,
    IOpenIddictServerHandler<ApplyTokenResponseContext>,
    IOpenIddictServerHandler<ApplyIntrospectionResponseContext>,
    IOpenIddictServerHandler<ApplyRevocationResponseContext>,
    IOpenIddictServerHandler<ApplyUserInfoResponseContext>,
    IOpenIddictServerHandler<ApplyEndSessionResponseContext>
{
    public const string MeterName = "Taskmaster.AuthServer";
    public const string Answers = "auth_server.requests";
    public const string ShortPath = "auth_server.short_path";

    /// <summary>Counted for any error outside <see cref="KnownErrors"/>, so that the attribute has a fixed set of values.</summary>
    public const string OtherError = "_OTHER";

    private static readonly FrozenSet<string> Endpoints = FrozenSet.Create(
        StringComparer.Ordinal,
        OAuthEndpoints.Authorize, OAuthEndpoints.Par, OAuthEndpoints.Device, OAuthEndpoints.Verify, OAuthEndpoints.Token,
        OAuthEndpoints.Introspect, OAuthEndpoints.Revoke, OAuthEndpoints.UserInfo, OAuthEndpoints.Logout);

    private readonly Counter<long> _answers;

    public TokenRequests(IMeterFactory meters) =>
        _answers = meters.Create(MeterName).CreateCounter<long>(
            Answers, "{request}", "Answered requests at the endpoints of OAuth and OpenID Connect.");

    public static FrozenSet<string> KnownErrors { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        AccessDenied, AuthorizationPending, ConsentRequired, ExpiredToken, InsufficientScope,
        InteractionRequired, InvalidClient, InvalidGrant, InvalidRequest, InvalidScope,
        InvalidTarget, InvalidToken, LoginRequired, MissingToken, RequestNotSupported,
        RequestUriNotSupported, ServerError, SlowDown, TemporarilyUnavailable, UnauthorizedClient,
        UnsupportedGrantType, UnsupportedResponseType, UnsupportedTokenType,
        DpopProblem.InvalidProof, DpopProblem.NonceNeededError);

    public void Count(string endpoint, string? error, bool shortPath)
    {
        if (error is null)
        {
            _answers.Add(1, new("auth_server.endpoint", endpoint), new KeyValuePair<string, object?>(ShortPath, shortPath));
            return;
        }

        _answers.Add(
            1,
            new("auth_server.endpoint", endpoint),
            new KeyValuePair<string, object?>(ShortPath, shortPath),
            new KeyValuePair<string, object?>("error.type", KnownErrors.Contains(error) ? error : OtherError));
    }

    /// <summary>Counts a failure answered before OpenIddict handled the request; ignores paths that are not OpenIddict's.</summary>
    public void CountFailure(HttpRequest request, string error)
    {
        if (request.Path.Value is { } path && Endpoints.Contains(path))
        {
            Count(path, error, shortPath: false);
        }
    }

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context) => CountAsync(context, OAuthEndpoints.Authorize);

    public ValueTask HandleAsync(ApplyPushedAuthorizationResponseContext context) => CountAsync(context, OAuthEndpoints.Par);

    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context) => CountAsync(context, OAuthEndpoints.Device);

    public ValueTask HandleAsync(ApplyEndUserVerificationResponseContext context) => CountAsync(context, OAuthEndpoints.Verify);

    public ValueTask HandleAsync(ApplyTokenResponseContext context) => CountAsync(context, OAuthEndpoints.Token);

    public ValueTask HandleAsync(ApplyIntrospectionResponseContext context) => CountAsync(context, OAuthEndpoints.Introspect);

    public ValueTask HandleAsync(ApplyRevocationResponseContext context) => CountAsync(context, OAuthEndpoints.Revoke);

    public ValueTask HandleAsync(ApplyUserInfoResponseContext context) => CountAsync(context, OAuthEndpoints.UserInfo);

    public ValueTask HandleAsync(ApplyEndSessionResponseContext context) => CountAsync(context, OAuthEndpoints.Logout);

    private ValueTask CountAsync(BaseRequestContext context, string endpoint)
    {
        Count(endpoint, context.Transaction.Response?.Error, shortPath: false);
        return ValueTask.CompletedTask;
    }
}
