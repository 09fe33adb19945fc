using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// Where a bearer token opens something, UserInfo, a registration (RFC 7592) and the management API: it comes once and in
/// one way (RFC 6750 §2), and never in the address (RFC 9700 §4.3.2), which ends up in histories and logs. What else
/// would count, the header or the form, is not for us to guess.
/// </summary>
internal sealed class OneAccessToken(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (TakesAccessToken(context.Request.Path) && await ProblemAsync(context.Request) is { } problem)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"{ProtocolErrors.Realm}\", error=\"{problem.Error}\", error_description=\"{problem.Description}\"";
            return;
        }

        await next(context);
    }

    private static bool TakesAccessToken(PathString path) =>
        path.StartsWithSegments(OAuthEndpoints.UserInfo)
        || path.StartsWithSegments(OAuthEndpoints.Register, out var client) && client.HasValue
        || ManagementApi.Has(path);

    private static async Task<ProtocolError?> ProblemAsync(HttpRequest request)
    {
        if (request.Query.ContainsKey(Parameters.AccessToken))
        {
            return ProtocolErrors.AccessTokenInAddress;
        }

        var inForm = request.HasFormContentType
            ? (await request.ReadFormAsync(request.HttpContext.RequestAborted))[Parameters.AccessToken].Count
            : 0;
        return request.Headers.Authorization.Count + inForm > 1 ? ProtocolErrors.SeveralAccessTokens : null;
    }
}
