using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Server;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Dpop;

internal static class ProofExtensions
{
    /// <summary>The proof that came with a request and is in order; whether it was used before, the store says.</summary>
    public static DpopProof? Proof(this OpenIddictServerTransaction transaction) =>
        transaction.GetHttpRequest()?.HttpContext is { } http ? DpopProofs.Checked(http)?.Proof : null;

    /// <summary>What a code or token is bound to, as <see cref="BindTo"/> wrote it; null for one that is not.</summary>
    public static string? Binding(this ClaimsPrincipal token) => token.FindFirst(Claims.Confirmation)?.Value;

    /// <summary>Binds what is to be issued to a key (RFC 9449 §6.1).</summary>
    public static void BindTo(this ClaimsPrincipal? token, string thumbprint) =>
        (token?.Identity as ClaimsIdentity)?.AddClaim(
            new Claim(Claims.Confirmation, DpopNames.Confirmation(thumbprint), JsonClaimValueTypes.Json));
}
