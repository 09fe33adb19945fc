using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.UserInfo;

/// <summary>The access token of a UserInfo request is in the header or, by POST, in the form (RFC 6750 §2).</summary>
internal sealed class UserInfoRequest : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    public ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest() ?? throw new InvalidOperationException("There is no HTTP request.");
        if (HttpMethods.IsPost(http.Method) && http.ContentType is null && http.ContentLength is null or 0)
        {
            // OpenID Connect Core §5.3.1 has POST with the token in the header; OpenIddict wants a form, so it gets one without fields.
            http.ContentType = "application/x-www-form-urlencoded";
        }

        return ValueTask.CompletedTask;
    }
}
