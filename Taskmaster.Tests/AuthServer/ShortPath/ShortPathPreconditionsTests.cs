using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Server.DataProtection;
using Taskmaster.AuthServer.Fast;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Tests.AuthServer.ShortPath;

[Collection(nameof(WithShortPath))]
public sealed class ShortPathPreconditionsTests(AuthServerHost host)
{
    [Fact]
    public async Task A_server_that_is_set_up_otherwise_does_not_start_and_says_what_to_do()
    {
        var origin = host.Services.GetRequiredService<PublicOrigin>();
        var otherwise = new ShortPathPreconditions(
            Options.Create(new OpenIddictServerOptions { Issuer = origin.Uri }),
            Options.Create(new OpenIddictServerAspNetCoreOptions()),
            Options.Create(new OpenIddictServerDataProtectionOptions()),
            origin);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => otherwise.StartAsync(CancellationToken.None));

        Assert.StartsWith("The short path relies on reference tokens in the token store; on no authorization "
            + "entries;", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Teach it the change, or set Fast:ShortPath to false.", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A new handler may change or refuse what the short path answers without it. Add it to the list when the short
    /// path does the same or leaves such requests alone.
    /// </summary>
    [Fact]
    public void Every_handler_of_ours_that_a_shortened_request_would_meet_is_one_that_the_short_path_was_written_for()
    {
        Type[] events =
        [
            typeof(OpenIddictServerEvents.ProcessRequestContext), typeof(OpenIddictServerEvents.ProcessAuthenticationContext),
            typeof(OpenIddictServerEvents.ProcessSignInContext), typeof(OpenIddictServerEvents.GenerateTokenContext),
            typeof(OpenIddictServerEvents.ValidateTokenContext),
            typeof(OpenIddictServerEvents.ExtractTokenRequestContext), typeof(OpenIddictServerEvents.ValidateTokenRequestContext),
            typeof(OpenIddictServerEvents.HandleTokenRequestContext), typeof(OpenIddictServerEvents.ApplyTokenResponseContext),
            typeof(OpenIddictServerEvents.ExtractIntrospectionRequestContext),
            typeof(OpenIddictServerEvents.ValidateIntrospectionRequestContext),
            typeof(OpenIddictServerEvents.HandleIntrospectionRequestContext),
            typeof(OpenIddictServerEvents.ApplyIntrospectionResponseContext),
        ];

        var handlers = host.Services.GetRequiredService<IOptions<OpenIddictServerOptions>>().Value.Handlers
            .Where(handler => handler.Type is OpenIddictServerHandlerType.Custom && events.Contains(handler.ContextType))
            .Select(handler => handler.ServiceDescriptor.ServiceType.Name.Split('`')[0])
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "AttachGrant", "AttachReference", "AuditTokens", "BeginTokenWork", "BindToKey", "BurnGuessedCode",
                "ClientAssertionType", "ClientAssertionUse", "ClientCredentialsGrant", "CommitTokenWork", "DevicePolling",
                "DocumentedErrorHandler", "ExtractPostRequest", "InactiveUnlessToken", "InvalidSubjectTokens", "IssueToPresenter", "IssuedTokenRules",
                "LeaveOutWhatTheEntryHolds", "MethodNotAllowedHandler", "NameBoundToken", "NameGrantedScopes", "NarrowAccessToken",
                "NoteConsentUse", "NoteSessionGrant", "PrepareClient", "RecogniseReplay", "RefuseDuplicateParameters", "RefuseOtherClientId",
                "RefuseUsedProof", "RejectExpired", "RequireAllowedScopes", "RequireBoundKey", "RequireExchangeable", "RequireGranted",
                "RequireKnownResources", "RequireProof", "RequireSameAuthentication", "RestoreTokenId", "SignIdTokensAsRegistered",
                "SkipIdentityTokenEntry",
                "TakeProof", "TokenExchangeGrant", "TokenRequests",
            ],
            handlers);
    }
}
