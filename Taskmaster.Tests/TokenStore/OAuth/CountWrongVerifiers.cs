using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.TokenStore.OpenIddict;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>How a server counts wrong code verifiers: after OpenIddict has refused one.</summary>
public sealed class CountWrongVerifiers(FailedAttempts attempts) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
            .UseSingletonHandler<CountWrongVerifiers>()
            .SetOrder(int.MinValue)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        var isWrongVerifier = context.Response.ErrorDescription?.Contains("code_verifier", StringComparison.Ordinal) == true;
        var code = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)
            ?.AuthorizationCodePrincipal?.GetTokenId();

        if (isWrongVerifier && code is not null)
        {
            await attempts.CountAsync(code, context.CancellationToken);
        }
    }
}
