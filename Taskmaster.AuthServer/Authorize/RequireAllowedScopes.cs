using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Errors;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>A scope that does not exist, or that this client or grant cannot have, is <c>invalid_scope</c> and named (RFC 6749 §5.2).</summary>
internal sealed class RequireAllowedScopes(ClientCache clients) :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => CheckAsync(context, context.ClientId, context.Request);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => CheckAsync(context, context.ClientId, context.Request);

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context) => CheckAsync(context, context.ClientId, context.Request);

    public ValueTask HandleAsync(ValidateTokenRequestContext context) => CheckAsync(context, context.ClientId, context.Request);

    private async ValueTask CheckAsync(BaseValidatingContext context, string? clientId, OpenIddictRequest request)
    {
        if (await FirstRefusedAsync(clientId, request, context.CancellationToken) is { } scope)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidScope, $"Invalid scope: {ErrorDescription.Quoted(scope)}");
        }
    }

    private async ValueTask<string?> FirstRefusedAsync(string? clientId, OpenIddictRequest request, CancellationToken cancellationToken)
    {
        var scopes = request.GetScopes();
        if (scopes.IsEmpty || clientId is null || await clients.FindAsync(clientId, cancellationToken) is not { } client)
        {
            return null;
        }

        return scopes.FirstOrDefault(scope => !ClientPermissions.HasScope(client, scope, request.IsClientCredentialsGrantType()));
    }
}
