using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>Where the access token of a UserInfo request may be: the header or, by POST, the form (RFC 6750 §2).</summary>
internal sealed class UserInfoRequest : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    public ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest() ?? throw new InvalidOperationException("There is no HTTP request.");
        if (http.Query.ContainsKey(Parameters.AccessToken))
        {
            // RFC 9700 §4.3.2: addresses end up in histories and logs.
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "The access token must not be in the address");
        }
        else if (HttpMethods.IsPost(http.Method) && http.ContentType is null && http.ContentLength is null or 0)
        {
            // OpenID Connect Core §5.3.1 has POST with the token in the header; OpenIddict wants a form, so it gets one without fields.
            http.ContentType = "application/x-www-form-urlencoded";
        }

        return ValueTask.CompletedTask;
    }
}
