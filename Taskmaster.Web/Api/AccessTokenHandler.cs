using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;

namespace Taskmaster.Web.Api;

/// <summary>Calls a service with the access token of the signed-in user's session, and says where the user is.</summary>
internal sealed class AccessTokenHandler(IHttpContextAccessor accessor) : DelegatingHandler
{
    /// <exception cref="SignInRequiredException">The service no longer accepts the token.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = accessor.HttpContext ?? throw new InvalidOperationException("Only a page calls a service for a user.");
        var token = await context.GetTokenAsync("access_token") ?? throw new SignInRequiredException();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        // For the audit trail: otherwise all that is done on Web's pages would have been done by Web.
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            throw new SignInRequiredException();
        }

        return response;
    }
}
