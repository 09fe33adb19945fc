using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Dpop;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>Every answer to a request whose access token does not admit it.</summary>
internal static class BearerErrors
{
    /// <summary>The text of the flow documents, to the letter.</summary>
    public static BearerError Expired { get; } = InvalidToken("The Access Token expired");

    /// <summary>Unknown, revoked, for another audience, or no access token at all. Which of these is nobody's business.</summary>
    public static BearerError Invalid { get; } = InvalidToken("The Access Token is invalid or was revoked");

    /// <summary>RFC 9449 §7.2: whoever holds a bound token without its key has it from somebody else.</summary>
    public static BearerError Bound { get; } = InvalidToken(DpopProblem.TokenBound.Description).ByDpop();

    public static BearerError Unbound { get; } = InvalidToken(DpopProblem.TokenNotBound.Description).ByDpop();

    /// <summary>RFC 6750 §3.1: a request without any authentication is told no error code in the challenge.</summary>
    public static BearerError Missing { get; } = new(
        StatusCodes.Status401Unauthorized,
        BearerError.Scheme,
        new(OpenIddictConstants.Errors.MissingToken, "The Access Token is missing"));

    /// <summary>Unknown, expired or revoked. No bearer token was shown, so the challenge says nothing of one.</summary>
    public static BearerError InvalidKey { get; } = new(
        StatusCodes.Status401Unauthorized,
        BearerError.Scheme,
        new("invalid_api_key", "The API key is invalid, expired or was revoked"));

    /// <summary>One request, one way to authenticate: which of two would count is not for us to guess.</summary>
    public static BearerError TwoCredentials { get; } = new(
        StatusCodes.Status401Unauthorized,
        BearerError.Scheme,
        new("invalid_api_key", "Send an Access Token or an API key, not both"));

    /// <summary>RFC 9449 §7.1: what is wrong with a proof, or that it lacks a nonce (§9).</summary>
    public static BearerError Proof(DpopProblem problem) =>
        Refused(StatusCodes.Status401Unauthorized, new(problem.Error, problem.Description)).ByDpop();

    public static BearerError InsufficientScope(string scope, bool isKey) => Refused(
        StatusCodes.Status403Forbidden,
        new(OpenIddictConstants.Errors.InsufficientScope, $"The {(isKey ? "API key" : "Access Token")} does not have the scope {scope}"),
        $", scope=\"{scope}\"");

    private static BearerError InvalidToken(string description) =>
        Refused(StatusCodes.Status401Unauthorized, new(OpenIddictConstants.Errors.InvalidToken, description));

    private static BearerError Refused(int status, BearerErrorBody body, string more = "") =>
        new(status, $"{BearerError.Scheme} error=\"{body.Error}\", error_description=\"{body.ErrorDescription}\"{more}", body);
}
