using OpenIddict.Server;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Authorize;
using Taskmaster.AuthServer.ClientDocuments;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Consents;
using Taskmaster.AuthServer.Device;
using Taskmaster.AuthServer.Discovery;
using Taskmaster.AuthServer.Dpop;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Token;
using Taskmaster.AuthServer.TokenExchange;
using Taskmaster.AuthServer.UserInfo;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;
using static OpenIddict.Server.OpenIddictServerHandlers;
using AspNetCore = OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// Every handler of AuthServer among OpenIddict's, event by event: what it is placed beside, and why. A request meets the
/// events Extract, Validate, Handle and Apply of its endpoint in that order; ProcessAuthentication and, within it,
/// ValidateToken run in the middle of most Validate events, after what is placed first there. <see cref="EventSteps{TContext}"/>
/// says what First, Here and BeforeWriting mean. What is not here OpenIddict does: PKCE, for one, is checked by its own
/// handlers. The token store places its own in <c>UseRedisTokens</c> and <c>UseFastRedisTokens</c>; the order of middleware is
/// in <c>Program.cs</c>.
/// </summary>
internal static class Pipeline
{
    public static void Arrange(OpenIddictServerBuilder server)
    {
        ExtractAndAuthenticate(server);
        ValidateAuthorization(server);
        ValidateTheOthers(server);
        Grant(server);
        Answer(server);
    }

    /// <summary>What was sent, and by whom.</summary>
    private static void ExtractAndAuthenticate(OpenIddictServerBuilder server)
    {
        // The user types the code as they like: letter case, spaces and dashes do not matter.
        server.On<ExtractEndUserVerificationRequestContext>()
            .Last<UserCodes>();

        OneClient<ExtractPushedAuthorizationRequestContext>();
        OneClient<ExtractDeviceAuthorizationRequestContext>();
        OneClient<ExtractTokenRequestContext>();
        // RFC 7662 §2.1: by POST alone, which keeps the token out of addresses.
        OneClient<ExtractIntrospectionRequestContext>()
            .InPlaceOf<AspNetCore.ExtractPostRequest<ExtractIntrospectionRequestContext>>(
                AspNetCore.ExtractGetOrPostRequest<ExtractIntrospectionRequestContext>.Descriptor);
        OneClient<ExtractRevocationRequestContext>();

        // RFC 6750 §2: the token is in the header or, by POST, in the form.
        server.On<ExtractUserInfoRequestContext>()
            .Before<UserInfoRequest>(AspNetCore.ExtractGetOrPostRequest<ExtractUserInfoRequestContext>.Descriptor)
            // RFC 9449 §7.1: OpenIddict takes the scheme Bearer only.
            .After<DpopUserInfo>(AspNetCore.ExtractAccessToken<ExtractUserInfoRequestContext>.Descriptor, scoped: true);

        server.On<ProcessAuthenticationContext>()
            // RFC 7523 §3: once the signature and the claims are verified, an assertion is used up.
            .After<ClientAssertionUse, RequireClientAssertionPrincipal>(ValidateClientAssertionIssuer.Descriptor);

        server.On<ValidateTokenContext>()
            // OpenIddict expects the type that a draft gives to client assertions; RFC 7523 §2.2 knows no type.
            .After<ClientAssertionType>(Protection.ResolveTokenValidationParameters.Descriptor)
            // RFC 8628 §3.5: before the entry is looked at, which says "pending" also of a code that has expired.
            .Before<DevicePolling, RequireTokenIdResolved>(Protection.ValidateTokenEntry.Descriptor, scoped: true)
            // After the entry was looked at: a code that was redeemed is a replay, expired or not.
            .Without(Protection.ValidateExpirationDate.Descriptor)
            // OpenIddict fails at a binding that is none to a certificate.
            .InPlaceOf<RequireBoundKey>(Protection.ValidateProofOfPossession.Descriptor)
            .After<RejectExpired, RequireTokenLifetimeValidationEnabled>(Protection.ValidateTokenEntry.Descriptor);

        // Before the header's client takes the place of the form's.
        EventSteps<TContext> OneClient<TContext>() where TContext : BaseValidatingContext => server.On<TContext>()
            .Before<RefuseOtherClientId<TContext>>(AspNetCore.ExtractBasicAuthenticationCredentials<TContext>.Descriptor);
    }

    /// <summary>RFC 6749 §4.1.1, pushed (RFC 9126) or not: the same checks in the same order.</summary>
    private static void ValidateAuthorization(OpenIddictServerBuilder server)
    {
        server.On<ValidateAuthorizationRequestContext>()
            // Before all other checks, to which a parameter that is sent twice looks like a missing one.
            .First<RefuseDuplicateParameters<ValidateAuthorizationRequestContext>>()
            // The request must fit into the query of the sign-in page's address.
            .First<RefuseLongRequests>()
            // Whatever is compared with the client's registration is compared with its document, if one describes it.
            .First<PrepareClient>()
            // OpenIddict would use a client's only registered redirect URI; the documentation requires the parameter.
            .Before<RequireRedirectUri>(Authentication.ValidateRedirectUriParameter.Descriptor)
            // Code is the only response type: any other is refused before its missing parameters are.
            .After<RequireCodeResponseType>(Authentication.ValidateResponseTypeParameter.Descriptor)
            // OpenIddict calls a scope the client may not have invalid_request, and does not name it.
            .Without(Authentication.ValidateScopes.Descriptor)
            .Before<RequireAllowedScopes>(Authentication.ValidateGrantTypePermissions.Descriptor, scoped: true)
            // RFC 8707 §2, by our own list of resources.
            .Without(Authentication.ValidateResourceParameter.Descriptor)
            .Before<RequireKnownResources>(Authentication.ValidateGrantTypePermissions.Descriptor)
            .Before<RefuseMalformedParameters>(Authentication.ValidateGrantTypePermissions.Descriptor)
            .Before<RefuseUnmetAuthenticationContext>(Authentication.ValidateGrantTypePermissions.Descriptor)
            // It belongs to the token exchange (RFC 8693 §2.1), which is not offered: an unknown parameter is passed over
            // (RFC 6749 §3.1).
            .Without(Authentication.ValidateAudienceParameter.Descriptor);

        server.On<ValidatePushedAuthorizationRequestContext>()
            .First<RefuseDuplicateParameters<ValidatePushedAuthorizationRequestContext>>()
            .First<PrepareClient>()
            // Before any token is read or written, so that the proof is used in the same round trip.
            .First<TakeProof>(scoped: true)
            .Before<RequireRedirectUri>(Authentication.ValidatePushedRedirectUriParameter.Descriptor)
            .After<RequireCodeResponseType>(Authentication.ValidatePushedResponseTypeParameter.Descriptor)
            .Without(Authentication.ValidatePushedScopes.Descriptor)
            .Before<RequireAllowedScopes>(Authentication.ValidatePushedGrantTypePermissions.Descriptor, scoped: true)
            .Without(Authentication.ValidatePushedResourceParameter.Descriptor)
            .Before<RequireKnownResources>(Authentication.ValidatePushedGrantTypePermissions.Descriptor)
            .Before<RefuseMalformedParameters>(Authentication.ValidatePushedGrantTypePermissions.Descriptor)
            .Before<RefuseUnmetAuthenticationContext>(Authentication.ValidatePushedGrantTypePermissions.Descriptor)
            .Without(Authentication.ValidatePushedAudienceParameter.Descriptor);
    }

    private static void ValidateTheOthers(OpenIddictServerBuilder server)
    {
        server.On<ValidateDeviceAuthorizationRequestContext>()
            .First<RefuseDuplicateParameters<ValidateDeviceAuthorizationRequestContext>>()
            .Without(OpenIddictServerHandlers.Device.ValidateScopes.Descriptor)
            .Before<RequireAllowedScopes>(OpenIddictServerHandlers.Device.ValidateScopePermissions.Descriptor, scoped: true)
            .Before<RequireKnownResources>(OpenIddictServerHandlers.Device.ValidateScopePermissions.Descriptor);

        server.On<ValidateEndUserVerificationRequestContext>()
            .First<RefuseDuplicateParameters<ValidateEndUserVerificationRequestContext>>();

        server.On<ValidateTokenRequestContext>()
            .First<RefuseDuplicateParameters<ValidateTokenRequestContext>>()
            .First<PrepareClient>()
            // Before any token is read or written, so that the proof is used in the same round trip.
            .First<TakeProof>(scoped: true)
            // Some libraries repeat the scope when they redeem a code, where it means nothing and is passed over (RFC 6749
            // §3.2); RequireAllowedScopes knows for which grants it means something.
            .Without(
                Exchange.ValidateScopeParameter.Descriptor, Exchange.ValidateScopes.Descriptor,
                Exchange.ValidateScopePermissions.Descriptor)
            .Before<RequireAllowedScopes>(Exchange.ValidateScopePermissions.Descriptor, scoped: true)
            .Without(Exchange.ValidateResourceParameter.Descriptor)
            .Before<RequireKnownResources>(Exchange.ValidateScopePermissions.Descriptor)
            // The client has authenticated, the code or refresh token was read, and nothing is redeemed yet.
            .Before<RequireProof>(Exchange.ValidateScopePermissions.Descriptor)
            .Before<RefuseUsedProof>(Exchange.ValidateScopePermissions.Descriptor, scoped: true)
            .Without(
                Exchange.ValidateAudienceParameter.Descriptor, Exchange.ValidateAudiences.Descriptor,
                Exchange.ValidateAudiencePermissions.Descriptor)
            // OpenIddict lets only the client that a token was issued to exchange it (RFC 8693), and not the server it is for.
            .InPlaceOf<RequireExchangeable>(Exchange.ValidateAuthorizedParty.Descriptor)
            .Before<RequireSameAuthentication>(Exchange.ValidateGrantedScopes.Descriptor)
            // A refresh only narrows (RFC 6749 §6), and never beyond what the client is registered for by now.
            .InPlaceOf<RequireGranted>(Exchange.ValidateGrantedScopes.Descriptor);

        server.On<ValidateIntrospectionRequestContext>()
            .First<RefuseDuplicateParameters<ValidateIntrospectionRequestContext>>()
            // RFC 7662 §2.2: what is no access or refresh token is inactive, and not an error.
            .InPlaceOf<InactiveUnlessToken>(Introspection.ValidateTokenType.Descriptor);

        server.On<ValidateRevocationRequestContext>()
            .First<RefuseDuplicateParameters<ValidateRevocationRequestContext>>();

        server.On<ValidateUserInfoRequestContext>()
            .Last<RefuseUsedProof>(scoped: true);

        server.On<ValidateEndSessionRequestContext>()
            .First<RefuseDuplicateParameters<ValidateEndSessionRequestContext>>();
    }

    /// <summary>What is issued, and what is done about it.</summary>
    private static void Grant(OpenIddictServerBuilder server)
    {
        // The resources that a device asked for are its tokens' in the end (RFC 8707 §2.1).
        server.On<HandleDeviceAuthorizationRequestContext>()
            .Here<KeepResources>();

        // RFC 6749 §4.4, RFC 8693. The other grants need nothing of us: their claims are in the code or the refresh token.
        server.On<HandleTokenRequestContext>()
            .Here<ClientCredentialsGrant>()
            .Here<TokenExchangeGrant>();

        server.On<ProcessSignInContext>()
            // The token store has just given the sign-in its grant: remember in which session.
            .After<NoteSessionGrant>(AttachAuthorization.Descriptor)
            // The principal of the access token is a copy: the refresh token keeps all that was granted.
            .After<NarrowAccessToken>(PrepareAccessTokenPrincipal.Descriptor)
            // OpenIddict has just made it a token of the client that exchanges.
            .After<IssueToPresenter>(PrepareIssuedTokenPrincipal.Descriptor)
            // All principals are made, none is a token yet.
            .After<IssuedTokenRules>(PrepareUserCodePrincipal.Descriptor)
            .After<BindToKey>(PrepareUserCodePrincipal.Descriptor)
            // Right after the token store's commit, which has written down the use of the proof if nothing was read before.
            .Before<RefuseUsedProof>(AttachSignInParameters.Descriptor, scoped: true)
            // After the token store's commit, which comes right after the tokens are made: only what was issued counts.
            .Before<NoteConsentUse>(AttachSignInParameters.Descriptor)
            // RFC 6749 §5.1: the scope is named where it is not what was asked for.
            .After<NameGrantedScopes>(AttachSignInParameters.Descriptor)
            // OpenIddict says Bearer.
            .After<NameBoundToken>(AttachSignInParameters.Descriptor);

        server.On<GenerateTokenContext>()
            // Before the token's entry is made, which has its client.
            .First<IssueToPresenter>()
            .After<SignIdTokensAsRegistered>(Protection.AttachSecurityCredentials.Descriptor);

        server.On<HandleIntrospectionRequestContext>()
            .Last<IssuedTokenRules>()
            .Last<NameBoundToken>();

        server.On<HandleRevocationRequestContext>()
            .After<AuditTokens>(Revocation.RevokeToken.Descriptor);

        // OpenID Connect Core §5.3.2: what the scopes show of the user, as the database knows them now.
        server.On<HandleUserInfoRequestContext>()
            .After<UserInfoClaims>(OpenIddictServerHandlers.UserInfo.AttachClaims.Descriptor, scoped: true);

        server.On<HandleConfigurationRequestContext>()
            .After<AdvertisedMetadata>(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor);
    }

    /// <summary>What is answered. The error texts come last of what decides it: until then OpenIddict's ids say what happened.</summary>
    private static void Answer(OpenIddictServerBuilder server)
    {
        server.On<ApplyAuthorizationResponseContext>()
            // RFC 6749 §4.1.2.1: what is wrong with the rest is the client's to hear once its redirect URI is known to be its own.
            .After<RedirectProtocolErrors>(Authentication.InferResponseMode.Descriptor, scoped: true)
            // RFC 9207: on success and on error.
            .After<IssuedTokenRules>(Authentication.AttachIssuer.Descriptor)
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>()
            .WithLocalErrors()
            // A page that can post to the verified redirect URI only, and has a button where scripts are off.
            .InPlaceOf<FormPostPage>(AspNetCore.Authentication.ProcessFormPostResponse.Descriptor);

        server.On<ApplyTokenResponseContext>()
            // OpenIddict has just made one error of all that is wrong with a token.
            .After<InvalidSubjectTokens>(Exchange.NormalizeErrorResponse.Descriptor)
            .BeforeWriting<IssuedTokenRules>()
            .BeforeWriting<AuditTokens>()
            .WithDocumentedErrors()
            .BeforeWriting<BurnGuessedCode>()
            .BeforeWriting<TokenRequests>();

        server.On<ApplyPushedAuthorizationResponseContext>()
            .BeforeWriting<IssuedTokenRules>()
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>();

        server.On<ApplyDeviceAuthorizationResponseContext>()
            .Here<DevicePolling>(scoped: true)
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>();

        server.On<ApplyEndUserVerificationResponseContext>()
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>()
            .WithLocalErrors();

        server.On<ApplyIntrospectionResponseContext>()
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>();

        server.On<ApplyRevocationResponseContext>()
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>();

        server.On<ApplyUserInfoResponseContext>()
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>()
            .After<DpopUserInfo>(AspNetCore.AttachWwwAuthenticateHeader<ApplyUserInfoResponseContext>.Descriptor, scoped: true);

        server.On<ApplyEndSessionResponseContext>()
            .WithDocumentedErrors()
            .BeforeWriting<TokenRequests>()
            .WithLocalErrors();

        server.On<ApplyConfigurationResponseContext>()
            .WithDocumentedErrors();

        server.On<ApplyJsonWebKeySetResponseContext>()
            .WithDocumentedErrors();
    }
}
