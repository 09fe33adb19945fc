using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>
/// Checks the proof of a request (RFC 9449 §4.3) once, and gives its client a new nonce when it is time. What is left to whoever
/// asks: that the proof is used for the first time (<see cref="DpopProof.Use"/>), for which the store is asked in the same round
/// trip as for the token, and that a token is bound to the proof's key.
/// </summary>
public sealed class DpopProofs
{
    private readonly PublicOrigin _origin;
    private readonly DpopNonces _nonces;
    private readonly TimeProvider _clock;
    private readonly VerificationKeys _keys = new();

    public DpopProofs(PublicOrigin origin, DpopNonces nonces, TimeProvider clock) =>
        (_origin, _nonces, _clock) = (origin, nonces, clock);

    public static bool IsIn(HttpRequest request) => request.Headers.ContainsKey(DpopNames.Header);

    /// <summary>What <see cref="Check"/> found before; null when it was not asked.</summary>
    public static DpopCheck? Checked(HttpContext context) => context.Items[typeof(DpopCheck)] as DpopCheck;

    /// <summary>
    /// Lets another request be judged by the check of this one: a stream that was admitted asks again and again whether it still
    /// is, with a proof that can be used once.
    /// </summary>
    public static void CopyCheck(HttpContext from, HttpContext to) => to.Items[typeof(DpopCheck)] = Checked(from);

    /// <param name="context">The request. Asked again about it, the answer is the same.</param>
    /// <param name="accessToken">What is presented with the proof; null where none is, at the token endpoint.</param>
    public DpopCheck Check(HttpContext context, string? accessToken = null)
    {
        ArgumentNullException.ThrowIfNull(context);

        if (Checked(context) is { } earlier)
        {
            return earlier;
        }

        var check = Examine(context.Request, accessToken, out var needsNonce);
        context.Items[typeof(DpopCheck)] = check;
        if (needsNonce)
        {
            SendNonce(context.Response);
        }

        return check;
    }

    private DpopCheck Examine(HttpRequest request, string? accessToken, out bool needsNonce)
    {
        needsNonce = false;
        if (request.Headers[DpopNames.Header] is not [{ Length: > 0 } header])
        {
            return request.Headers[DpopNames.Header].Count > 1 ? DpopProblem.Several : DpopProblem.Missing;
        }

        using var text = ProofText.Read(header);
        if (text is null)
        {
            return DpopProblem.Malformed;
        }

        if (JsonText.Of(text.Header, "typ") is not "dpop+jwt")
        {
            return DpopProblem.OtherType;
        }

        if (JsonText.Of(text.Header, "alg") is not { } algorithm || !DpopNames.Algorithms.Contains(algorithm))
        {
            return DpopProblem.OtherAlgorithm;
        }

        if (!text.Header.TryGetProperty("jwk", out var jwk) || PublicJwk.Read(jwk, algorithm) is not { } key)
        {
            return DpopProblem.UnusableKey;
        }

        if (JsonText.Of(text.Claims, "jti") is not { Length: > 0 } id || JsonText.Of(text.Claims, "htm") is not { } method
            || JsonText.Of(text.Claims, "htu") is not { } uri
            || !text.Claims.TryGetProperty("iat", out var issued) || issued.ValueKind is not JsonValueKind.Number)
        {
            return DpopProblem.ClaimsMissing;
        }

        // What costs next to nothing comes before the signature.
        var problem = method != MethodOf(request) ? DpopProblem.OtherMethod
            : !TargetUri.Matches(uri, request, _origin) ? DpopProblem.OtherUri
            : !IsOfNow(issued.GetDouble()) ? DpopProblem.OutOfTime
            : accessToken is not null && JsonText.Of(text.Claims, "ath") != HashOf(accessToken) ? DpopProblem.OtherToken
            : IsSigned(key, text);
        if (problem is not null)
        {
            return problem;
        }

        var age = JsonText.Of(text.Claims, "nonce") is { } nonce ? _nonces.AgeOf(nonce) : null;
        needsNonce = age is null || age >= DpopNonces.Renewal;
        return age is null ? DpopProblem.NonceNeeded : new DpopProof(key.Thumbprint, HashOf($"{key.Thumbprint}.{id}"));
    }

    private DpopProblem? IsSigned(PublicJwk key, ProofText text)
    {
        try
        {
            return _keys.Verifies(key, text.Signed, text.Signature) ? null : DpopProblem.WrongSignature;
        }
        catch (CryptographicException)
        {
            return DpopProblem.UnusableKey;
        }
    }

    // As the client sent it: further in, HEAD is GET.
    private static string MethodOf(HttpRequest request) =>
        request.HttpContext.IsAnsweredWithoutContent() ? HttpMethods.Head : request.Method;

    private bool IsOfNow(double issued) =>
        Math.Abs(_clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0 - issued) <= DpopProof.Window.TotalSeconds;

    private static string HashOf(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>§8.2: with an answer that no cache keeps, or an old nonce would come out of it.</summary>
    private void SendNonce(HttpResponse response)
    {
        response.Headers[DpopNames.NonceHeader] = _nonces.Current();
        response.OnStarting(static state =>
        {
            ((HttpResponse)state).Headers[HeaderNames.CacheControl] = "no-store";
            return Task.CompletedTask;
        }, response);
    }
}
