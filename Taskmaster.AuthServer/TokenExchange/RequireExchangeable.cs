using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Token;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Exchange;

namespace Taskmaster.AuthServer.TokenExchange;

/// <summary>
/// RFC 8693 §2.1, as narrow as the one use there is: the MCP server hands in an access token that was issued for itself, and
/// asks for one for the Tasks API with no more scopes. In place of OpenIddict's check of whom a code or token was issued to,
/// which would let only the client that the subject token was issued to exchange it; the other grants keep that check.
/// </summary>
internal sealed class RequireExchangeable(ClientCache clients, PublicOrigin origin) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    private readonly ValidateAuthorizedParty _others = new();

    public ValueTask HandleAsync(ValidateTokenRequestContext context) =>
        context.Request.IsTokenExchangeGrantType() ? CheckAsync(context) : _others.HandleAsync(context);

    private async ValueTask CheckAsync(ValidateTokenRequestContext context)
    {
        var request = context.Request;
        if (context.SubjectTokenPrincipal is not { } subject
            || subject.GetTokenType() is not TokenTypeIdentifiers.AccessToken
            || !subject.HasAudience(origin.McpAudience)
            || subject.GetPresenters() is not [{ } presenter]
            || await clients.FindAsync(presenter, context.CancellationToken) is not { } client)
        {
            context.Reject(ProtocolErrors.InvalidSubjectToken);
        }
        else if (!string.IsNullOrEmpty(request.ActorToken))
        {
            context.Reject(ProtocolErrors.UnexpectedActorToken);
        }
        else if (request.NamedResources() is not [{ } resource] || resource != origin.TasksApiAudience
            || request.GetAudiences() is { Length: > 0 })
        {
            context.Reject(ProtocolErrors.ResourceNotExchangeable);
        }
        else if (request.GetScopes().FirstOrDefault(scope => !subject.HasScope(scope)) is { } ungranted)
        {
            context.Reject(ProtocolErrors.InvalidScopeOf(ungranted));
        }
        else if (ExchangedScopes.Of(subject, client, request.GetScopes()).Count == 0)
        {
            context.Reject(ProtocolErrors.ScopesNoLongerRegistered);
        }
    }
}
