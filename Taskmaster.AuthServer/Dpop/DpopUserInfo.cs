using Microsoft.AspNetCore;
using Microsoft.Net.Http.Headers;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.TokenStore.OpenIddict;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>UserInfo with a bound token: the Authorization header of the scheme DPoP, and how it is refused (RFC 9449 §7.1).</summary>
internal sealed class DpopUserInfo(DpopProofs proofs, TokenUnitOfWork unit) :
    IOpenIddictServerHandler<ExtractUserInfoRequestContext>,
    IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    private const string Bearer = "Bearer";

    public ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext is not { } http || TokenOf(http.Request) is not { Length: > 0 } token)
        {
            return ValueTask.CompletedTask;
        }

        var check = proofs.Check(http, token);
        if (check.Succeeded)
        {
            unit.Take(new OneTimeUse(check.Proof.Use, DpopProof.Remembered));
            context.Transaction.Request!.AccessToken = token;
        }
        else
        {
            context.Reject(ProtocolErrors.Of(check.Problem));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>OpenIddict has written the challenge of a bearer token, and 400 for errors that it does not know.</summary>
    public ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (context.Transaction.Response is not { Error: { Length: > 0 } error } response
            || context.Transaction.GetHttpRequest()?.HttpContext is not { } http
            || (TokenOf(http.Request) is null && response.ErrorDescription != ProtocolErrors.AccessTokenBound.Description))
        {
            return ValueTask.CompletedTask;
        }

        if (error is DpopProblem.InvalidProof or DpopProblem.NonceNeededError)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        if (http.Response.Headers.WWWAuthenticate is [{ } challenge] && challenge.StartsWith(Bearer, StringComparison.Ordinal))
        {
            http.Response.Headers.WWWAuthenticate = $"{DpopNames.Scheme}{challenge[Bearer.Length..]}, {DpopNames.AlgorithmsParameter}";
        }

        return ValueTask.CompletedTask;
    }

    private static string? TokenOf(HttpRequest request) => DpopNames.TokenOf(request.Headers[HeaderNames.Authorization]);
}
