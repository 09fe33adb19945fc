namespace Taskmaster.Web.Pages.Developer.TryIt;

/// <summary>What each field of the code flow is for, in the order of the flow.</summary>
internal static class FieldWords
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["response_type"] = "Asks for an authorization code (RFC 6749 §4.1.1).",
        ["client_id"] = "Which application asks.",
        ["redirect_uri"] = "Where the answer goes. It has to be registered, and is compared character by character.",
        ["scope"] = "What the token may do.",
        ["state"] = "Comes back unchanged: who finds another one there did not begin this flow, and stops (RFC 6749 §10.12).",
        ["nonce"] = "Comes back inside the id_token, which therefore belongs to this request (OpenID Connect Core §3.1.2.1).",
        ["code_challenge"] = "The SHA-256 of the code verifier, which only its maker knows (RFC 7636 §4.2).",
        ["code_challenge_method"] = "How the challenge was made; the other method, plain, is refused.",

        ["code"] = "Good for one exchange, soon, and by this application only.",
        ["error"] = "Why there is no code or token.",
        ["error_description"] = "The same for whoever reads the log.",

        ["access_token"] = "Opens the API: Authorization with the token_type and this value. It says nothing to whoever holds it.",
        ["token_type"] = "How the access token is sent: Bearer alone (RFC 6750), DPoP with a proof (RFC 9449).",
        ["expires_in"] = "How many seconds the access token lives.",
        ["refresh_token"] = "Gets the next access token without the user, once; the answer has the next one (RFC 6749 §6).",
        ["id_token"] = "Who signed in: a signed JWT for the application, never for an API. It is read below.",

        ["alg"] = "How it is signed.",
        ["kid"] = "Which key of /oauth2/jwks the signature is checked with.",
        ["typ"] = "What it is.",
        ["iss"] = "Who answers: this server, and to be compared with the address that was asked (RFC 9207).",
        ["sub"] = "The user, by an id that never changes. An e-mail address may.",
        ["aud"] = "Whom it is for: this application.",
        ["azp"] = "Whom it was issued to.",
        ["exp"] = "Until when it is accepted.",
        ["iat"] = "When it was issued.",
        ["nbf"] = "From when it is accepted.",
        ["auth_time"] = "When the user typed their password.",
        ["at_hash"] = "Binds the access token beside it: the left half of its hash.",
        ["sid"] = "The session of the user's browser.",
        ["acr"] = "How surely it is the user.",
        ["amr"] = "By which means they signed in.",
        ["name"] = "From the scope profile.",
        ["preferred_username"] = "From the scope profile.",
        ["updated_at"] = "From the scope profile.",
        ["email"] = "From the scope email.",
        ["email_verified"] = "Whether the address was shown to be theirs.",
    };

    public static string Of(string field) => Words.GetValueOrDefault(field, "");
}
