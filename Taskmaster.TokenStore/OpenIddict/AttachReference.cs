using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server;
using Taskmaster.TokenStore.Format;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// Puts the payload into the new entry and hands out the entry's reference. Takes the place of OpenIddict's
/// AttachTokenPayload, which writes the entry a second time and makes a reference that names no marks to read.
/// </summary>
internal sealed class AttachReference(OpenIddictTokenManager<RedisToken> tokens) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .AddFilter<RequireDegradedModeDisabled>()
            .AddFilter<RequireTokenStorageEnabled>()
            .AddFilter<RequireTokenPayloadPersisted>()
            .UseScopedHandler<AttachReference>()
            .SetOrder(AttachTokenPayload.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        var id = context.Principal.GetTokenId() ?? throw new InvalidOperationException("The token has no entry to keep its payload.");
        var token = await tokens.FindByIdAsync(id, context.CancellationToken)
            ?? throw new InvalidOperationException("The entry that was just created is gone.");

        token.Payload = context.Token;

        if (context.IsReferenceToken)
        {
            if (context.TokenType == TokenTypeIdentifiers.Private.UserCode)
            {
                await UserCode.AttachAsync(token, tokens, context.Options, context.CancellationToken);
            }

            token.ReferenceId = token.Location.ToString();
            context.Token = token.Reference;
        }

        await tokens.UpdateAsync(token, context.CancellationToken);
    }
}
