using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Errors;

/// <summary>Gives every error response the documented text, and takes OpenIddict's <c>error_uri</c> away.</summary>
internal sealed class DocumentedErrorHandler<TContext> : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    public ValueTask HandleAsync(TContext context)
    {
        if (OpenIddictError.From(context.Transaction) is { } given && context.Transaction.Response is { } response)
        {
            if (ProtocolErrors.For(given) is { } documented)
            {
                response.Error = documented.Error;
                response.ErrorDescription = documented.Description;
            }

            response.ErrorUri = null;
        }

        return ValueTask.CompletedTask;
    }
}
