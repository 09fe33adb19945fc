using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpenIddict.Abstractions;
using OpenIddict.Server.DataProtection;
using OpenIddict.Validation.DataProtection;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore;

/// <summary>
/// Issues and reads reference access tokens in one round trip each, without OpenIddict's pipeline. The entries are the
/// same: what one writes, the other reads. It says nothing about errors; whoever needs to know why a token is no good
/// asks OpenIddict. Needs <c>UseDataProtection()</c> on server or validation.
/// </summary>
public sealed class AccessTokens
{
    // OpenIddict's, for a reference token; its server and its validation know an access token by them.
    private static readonly string[] Purposes = ["OpenIdConnectServerHandler", "AccessTokenFormat", "UseReferenceTokens", "ASOS"];

    private readonly TokenReader reader;
    private readonly TokenWriter writer;
    private readonly TimeProvider time;
    private readonly IDataProtector protector;
    private readonly Action<BinaryWriter, ClaimsPrincipal> write;
    private readonly Func<BinaryReader, ClaimsPrincipal?> read;

    internal AccessTokens(
        TokenReader reader,
        TokenWriter writer,
        TimeProvider time,
        OpenIddictServerDataProtectionOptions server,
        OpenIddictValidationDataProtectionOptions validation)
    {
        var provider = server.DataProtectionProvider ?? validation.DataProtectionProvider
            ?? throw new InvalidOperationException("Access tokens are read and issued directly only in Data Protection's format: call UseDataProtection().");

        (this.reader, this.writer, this.time) = (reader, writer, time);
        protector = provider.CreateProtector(Purposes);
        write = server.Formatter.WriteToken;
        read = server.DataProtectionProvider is null ? validation.Formatter.ReadToken : server.Formatter.ReadToken;
    }

    /// <summary>
    /// Prepares tokens that belong to no grant. Their payload is encrypted here, once for all of them: keep the template
    /// for seconds, so that tokens follow a change of what the claims were made from, and of Data Protection's keys.
    /// </summary>
    /// <param name="principal">The tokens' claims as OpenIddict prepares them.</param>
    /// <param name="applicationId">OpenIddict's entity id of the client, not the <c>client_id</c>.</param>
    /// <param name="lifetime">How long each lives from its creation.</param>
    public AccessTokenTemplate Prepare(ClaimsPrincipal principal, string applicationId, TimeSpan lifetime)
    {
        var token = new RedisToken
        {
            ApplicationId = applicationId,
            CreationDate = DateTimeOffset.UnixEpoch,
            ExpirationDate = DateTimeOffset.UnixEpoch + lifetime,
            Status = Statuses.Valid,
            Subject = principal.GetClaim(Claims.Subject),
            Type = TokenTypeIdentifiers.AccessToken,
        };
        token.Place(RedisToken.NewTag());
        token.ReferenceId = token.Id;
        token.PayloadBytes = Protect(principal);
        return new(token, lifetime, writer.TimeToLive(token));
    }

    /// <summary>Issues a token and returns its reference.</summary>
    /// <param name="template">What the token says.</param>
    /// <param name="created">Kept to the second, as OpenIddict keeps it.</param>
    /// <param name="cancellationToken">Cancels the wait, not the writing.</param>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public async ValueTask<string> IssueAsync(AccessTokenTemplate template, DateTimeOffset created, CancellationToken cancellationToken = default)
    {
        var reference = TokenReference.CreateUngranted(template.Route, out var location);
        var value = template.ValueAt(created.AddTicks(-(created.Ticks % TimeSpan.TicksPerSecond)));

        await writer.IssueAsync(location, value, template.TimeToLive, cancellationToken).ConfigureAwait(false);
        return reference;
    }

    /// <summary>
    /// The claims of a token that is an access token, valid and not expired, as OpenIddict's validation gives them; null
    /// for everything else. Whom the token is for is the caller's to check.
    /// </summary>
    /// <exception cref="TokenStoreUnavailableException">Redis did not answer.</exception>
    public async ValueTask<ClaimsPrincipal?> FindLiveAsync(string reference, CancellationToken cancellationToken = default)
    {
        if (reference.Length != TokenReference.Length)
        {
            return null;
        }

        var token = await reader.FindAsync(TokenReference.Locate(reference), cancellationToken).ConfigureAwait(false);
        return token is { Type: TokenTypeIdentifiers.AccessToken, Status: Statuses.Valid, ReferenceId: not null, ExpirationDate: { } expiration, PayloadBytes: { } payload }
            && expiration > time.GetUtcNow()
            && Unprotect(payload) is { } principal
            ? principal.SetTokenType(token.Type).SetCreationDate(token.CreationDate).SetExpirationDate(expiration).SetAuthorizationId(token.AuthorizationId).SetTokenId(token.Id)
            : null;
    }

    private byte[] Protect(ClaimsPrincipal principal)
    {
        using var stream = new MemoryStream(256);
        using var binary = new BinaryWriter(stream);
        write(binary, principal);
        return protector.Protect(stream.ToArray());
    }

    private ClaimsPrincipal? Unprotect(byte[] payload)
    {
        try
        {
            using var binary = new BinaryReader(new MemoryStream(protector.Unprotect(payload)));
            return read(binary);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or FormatException or ArgumentException or InvalidOperationException)
        {
            // Another key ring, or a format of a version to come: OpenIddict reads it again and says what it is worth.
            return null;
        }
    }
}
