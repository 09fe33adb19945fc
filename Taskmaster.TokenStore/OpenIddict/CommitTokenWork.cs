using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>Writes the sign-in's tokens and redeems what bought them, in one step; before the response says that it was done.</summary>
internal sealed partial class CommitTokenWork(TokenUnitOfWork unit, ILogger<CommitTokenWork> logger)
    : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .AddFilter<RequireDegradedModeDisabled>()
            .AddFilter<RequireTokenStorageEnabled>()
            .UseScopedHandler<CommitTokenWork>()
            .SetOrder(OpenIddictServerHandlers.BeautifyGeneratedTokens.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        var redeemed = unit.Redeemed;
        var commit = await unit.CommitAsync(context.CancellationToken);

        if (commit.Successor is { } successor)
        {
            context.RefreshToken = successor;
        }

        if (!commit.Succeeded)
        {
            Log.Refused(logger, redeemed?.Id, commit.Result);
            var (description, uri) = Describe(redeemed?.Type, commit.Result);
            context.Reject(Errors.InvalidToken, description, uri);
        }
    }

    /// <summary>OpenIddict's own texts, so that whoever maps its messages maps these, too.</summary>
    private static (string Description, string Uri) Describe(string? type, TokenCommitResult result)
    {
        var id = (type, result) switch
        {
            (TokenTypeIdentifiers.Private.AuthorizationCode, TokenCommitResult.Replayed) => "ID2010",
            (TokenTypeIdentifiers.Private.AuthorizationCode, _) => "ID2001",
            (TokenTypeIdentifiers.Private.DeviceCode, TokenCommitResult.Replayed) => "ID2011",
            (TokenTypeIdentifiers.Private.DeviceCode, _) => "ID2002",
            (TokenTypeIdentifiers.RefreshToken, TokenCommitResult.Replayed) => "ID2012",
            (TokenTypeIdentifiers.RefreshToken, _) => "ID2018",
            (_, TokenCommitResult.Replayed) => "ID2013",
            _ => "ID2019",
        };

        return (OpenIddictResources.GetResourceString(id), OpenIddictResources.FormatID8000(id));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The tokens bought with {TokenId} were not written: {Result}.")]
        public static partial void Refused(ILogger logger, string? tokenId, TokenCommitResult result);
    }
}
