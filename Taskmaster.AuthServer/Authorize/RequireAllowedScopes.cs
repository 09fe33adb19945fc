using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// A scope that does not exist, or that this client or grant cannot have, is <c>invalid_scope</c> and named (RFC 6749 §5.2). So
/// is a request that names none where the client is registered for none that it would get (§3.3).
/// </summary>
internal sealed class RequireAllowedScopes(ClientCache clients) :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => CheckAsync(context, context.ClientId, context.Request);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) =>
        CheckAsync(context, context.ClientId, context.Request);

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context) =>
        CheckAsync(context, context.ClientId, context.Request);

    public ValueTask HandleAsync(ValidateTokenRequestContext context) => CheckAsync(context, context.ClientId, context.Request);

    private async ValueTask CheckAsync(BaseValidatingContext context, string? clientId, OpenIddictRequest request)
    {
        // The scope of a code or device code was decided when the user consented.
        if (request.IsAuthorizationCodeGrantType() || request.IsDeviceCodeGrantType()
            || clientId is null
            || await clients.FindAsync(clientId, context.CancellationToken) is not { } client)
        {
            return;
        }

        var scopes = request.GetScopes();
        if (scopes.FirstOrDefault(
            scope => !ClientPermissions.HasScope(client, scope, request.IsClientCredentialsGrantType())) is { } refused)
        {
            context.Reject(ProtocolErrors.InvalidScopeOf(refused));
        }
        else if (scopes.IsEmpty && string.IsNullOrEmpty(request.GrantType) && GrantedScopes.ForUser(client, scopes).Scopes.Count == 0)
        {
            context.Reject(ProtocolErrors.MissingScope);
        }
    }
}
