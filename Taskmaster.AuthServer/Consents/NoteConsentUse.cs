using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Consents;

/// <summary>Notes that a client got tokens of a user, with a code or a refresh token.</summary>
internal sealed class NoteConsentUse(ConsentUse use) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context is { EndpointType: OpenIddictServerEndpointType.Token, ClientId: { } clientId }
            && context.Request?.IsClientCredentialsGrantType() == false
            && !context.Request.IsTokenExchangeGrantType()
            && Guid.TryParse(context.Principal?.GetClaim(Claims.Subject), out var userId))
        {
            use.Note(userId, clientId);
        }

        return ValueTask.CompletedTask;
    }
}
