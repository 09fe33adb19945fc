using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Token;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// OpenID Connect Core §5.5.1.1: an essential <c>acr</c> that no sign-in here can have is a failed sign-in, and the client
/// hears it at once. <c>acr_values</c> is a wish and never an error (§3.1.2.1); the rest of <c>claims</c> is not supported,
/// as discovery says, and passed over.
/// </summary>
internal sealed class RefuseUnmetAuthenticationContext :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => Check(context, context.Request);

    private static ValueTask Check(BaseValidatingContext context, OpenIddictRequest request)
    {
        if ((string?)request[Parameters.Claims] is { Length: > 0 } claims)
        {
            try
            {
                using var document = JsonDocument.Parse(claims);
                if (IsUnmet(document.RootElement))
                {
                    context.Reject(ProtocolErrors.UnmetAuthenticationContext);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // InvalidOperationException: a name or a value is no text, such as half of a surrogate pair.
                context.Reject(ProtocolErrors.InvalidClaims);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsUnmet(JsonElement claims) =>
        Member(Member(claims, "id_token"), Claims.AuthenticationContextReference) is { } acr
        && Member(acr, "essential") is { ValueKind: JsonValueKind.True }
        && (Member(acr, "value") is { } value
            ? !IsPassword(value)
            : Member(acr, "values") is { ValueKind: JsonValueKind.Array } values && !values.EnumerateArray().Any(IsPassword));

    private static bool IsPassword(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && value.ValueEquals(AuthenticationContext.Password);

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var member) ? member : null;
}
