using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// Gives every error response the documented text, in the characters that a text may have, and takes OpenIddict's <c>error_uri</c> away.
/// </summary>
internal sealed class DocumentedErrorHandler<TContext> : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is not { Error.Length: > 0 } response)
        {
            return ValueTask.CompletedTask;
        }

        if (OpenIddictError.From(context.Transaction) is { } given)
        {
            if (ProtocolErrors.For(given) is { } documented)
            {
                response.Error = documented.Error;
                response.ErrorDescription = documented.Description;
                context.Transaction.SetDocumentedError(documented);
            }

            response.ErrorUri = null;
        }

        if (response.ErrorDescription is { } description)
        {
            response.ErrorDescription = ErrorDescription.Of(description);
        }

        return ValueTask.CompletedTask;
    }
}
