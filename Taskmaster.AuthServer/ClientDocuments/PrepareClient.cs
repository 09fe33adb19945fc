using Microsoft.AspNetCore;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// Fetches the document of a client that is described by one, before anything is compared with what it says: for a sign-in that
/// begins, whatever is known of the client, and for codes and tokens, if the client has any (<see cref="DocumentClients"/>).
/// </summary>
internal sealed class PrepareClient(DocumentClients documents) :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    /// <summary>
    /// Here the error is <c>invalid_request</c>, as for any client that is not known: <c>invalid_client</c> is answered with 401,
    /// for which a browser would ask its user for a password.
    /// </summary>
    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        var error = await documents.PrepareAsync(context.Request.ClientId, keyId: null, Caller(context), context.CancellationToken);
        Refuse(context, error?.Error is Errors.InvalidClient ? error with { Error = Errors.InvalidRequest } : error);
    }

    public async ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        var (clientId, keyId) = AssertedClient.Of(context.Request);
        Refuse(context, await documents.PrepareAsync(clientId, keyId, Caller(context), context.CancellationToken));
    }

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var (clientId, keyId) = AssertedClient.Of(context.Request);
        Refuse(context, await documents.RenewAsync(clientId, keyId, Caller(context), context.CancellationToken));
    }

    private static void Refuse(BaseValidatingContext context, ProtocolError? error)
    {
        if (error is not null)
        {
            context.Transaction.SetClientRefused();
            context.Reject(error);
        }
    }

    private static string Caller(BaseContext context) => CallerAddress.Of(context.Transaction.GetHttpRequest()!.HttpContext);
}
