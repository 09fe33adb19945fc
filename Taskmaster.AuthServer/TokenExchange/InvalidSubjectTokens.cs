using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.TokenExchange;

/// <summary>
/// RFC 8693 §2.2.2: a subject token that is no good is an <c>invalid_request</c>. OpenIddict calls it <c>invalid_grant</c>, as it
/// does a code or a refresh token.
/// </summary>
internal sealed class InvalidSubjectTokens : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Request?.IsTokenExchangeGrantType() == true && context.Response.Error is Errors.InvalidGrant)
        {
            context.Response.Error = ProtocolErrors.InvalidSubjectToken.Error;
            context.Response.ErrorDescription = ProtocolErrors.InvalidSubjectToken.Description;
            context.Response.ErrorUri = null;
        }

        return ValueTask.CompletedTask;
    }
}
