using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Developer.Requests;

/// <summary>
/// Cause and fix of everything that a request in the log can have been refused for. The first that explains a request is
/// its; the last explains any.
/// </summary>
internal static class Situations
{
    private static readonly Situation[] All =
    [
        // Redirect URIs.
        new("The redirect URI is not registered",
            "The redirect_uri is not, byte for byte, one that the application is registered with. Without that nobody may be sent there.",
            "Send a registered redirect URI, or add this one to the application's settings.")
        { Error = "invalid_request", Description = "Invalid redirect URI", IsAboutRedirectUri = true },
        new("The redirect URI is not the one of the authorization request",
            "The token request's redirect_uri differs from that of the authorization request which the code came from, or is missing.",
            "Send the same redirect_uri with the code that you sent to the authorization endpoint.")
        { Error = "invalid_grant", Description = "Invalid redirect URI", IsAboutRedirectUri = true },

        // Who the client is.
        new("The client assertion is not valid",
            "The JWT is expired, was used before, is not for this server, or is not signed by a key that the application registered.",
            "Sign a new one for each request: iss and sub are the client id, aud the issuer, a fresh jti, and an exp a minute from now.")
        { Error = "invalid_client", Description = "Invalid client assertion" },
        new("The client secret is wrong",
            "The secret is not one of the application's, or has expired; or the client id is another application's.",
            "Compare what your program has with the application's page. A secret is shown once: if it is lost, add another there.")
        { Error = "invalid_client" },
        new("The client did not authenticate",
            "The request has no client secret, and the application is one that has secrets.",
            "Send client id and secret by HTTP Basic (curl -u), or as client_id and client_secret in the form.")
        { Error = "invalid_request", Description = "Client authentication required" },
        new("The Authorization header cannot be read",
            "The header begins with Basic, and what follows is not base64 of the client id, a colon and the secret.",
            "Encode id:secret without a line break: of base64 on the command line, use the option -w0.")
        { Error = "invalid_request", Description = "Malformed Authorization header" },
        new("The client authenticated in two ways at once",
            "There are credentials in the Authorization header and in the form (RFC 6749 §2.3).",
            "Leave one of them out.")
        { Error = "invalid_request", Description = "More than one client authentication method" },
        new("The client may not do this",
            "The application is not registered for this grant or endpoint: a public one, for example, cannot use client credentials.",
            "Use a grant that the application has, or register one of the other kind.")
        { Error = "unauthorized_client" },

        // Codes.
        new("The authorization code has expired",
            "A code lives for ten minutes, and this one came later.",
            "Redeem the code as soon as your redirect URI is called.")
        { Error = "invalid_grant", Description = "Authorization code expired" },
        new("The authorization code is not valid",
            "It was redeemed before, belongs to another application, or is not complete. A code that comes twice also ends what it bought.",
            "Redeem each code once: a browser that reloads your redirect URI must not redeem it again. Decode it once, not twice.")
        { Error = "invalid_grant", Description = "Invalid authorization code" },
        new("The code verifier does not fit",
            "The SHA-256 of code_verifier, in base64url without padding, is not the code_challenge of the authorization request.",
            "Keep the verifier with the browser's session, and send the one from which this request's challenge was made.")
        { Error = "invalid_grant", Description = "Invalid code verifier" },
        new("A code verifier came without a challenge",
            "The authorization request had no code_challenge, so that there is nothing to compare code_verifier with.",
            "Send code_challenge and code_challenge_method=S256 to the authorization endpoint.")
        { Error = "invalid_request", Description = "Unexpected code verifier" },
        new("The code challenge is not one",
            "A code_challenge is the SHA-256 of the verifier in base64url without padding: 43 characters.",
            "Hash the verifier's ASCII characters, and leave = off.")
        { Error = "invalid_request", Description = "Invalid code challenge" },

        // Refresh tokens and devices.
        new("The refresh token has expired",
            "It is 30 days since the user signed in.",
            "Send the user to the authorization endpoint again.")
        { Error = "invalid_grant", Description = "Refresh token expired" },
        new("The refresh token is not valid",
            "It was used before and replaced, was revoked, or belongs to another application; or the user withdrew their consent.",
            "Store the new refresh token of each answer before you use it. If it is gone, send the user to the authorization endpoint again.")
        { Error = "invalid_grant", Description = "Invalid refresh token" },
        new("The device code is not valid", "It was redeemed before, or is not the one that this application got.", "Start again at /oauth2/device.")
        { Error = "invalid_grant", Description = "Invalid device code" },
        new("The user has not decided yet",
            "This is the usual answer while a device waits.", "Go on asking, no more often than the interval says.")
        { Error = "authorization_pending" },
        new("The device asks too often", "It asked again before the interval was over.", "Wait five seconds longer between two requests from now on.")
        { Error = "slow_down" },
        new("The device code has expired", "The user did not decide within ten minutes.", "Start again at /oauth2/device, and show the new code.")
        { Error = "expired_token" },

        // What is asked for.
        new("A scope is not allowed",
            "One of the scopes does not exist, or the application is not registered for it, or the grant cannot have it.",
            "Ask for scopes of the application's settings: tasks:read and tasks:write, and for users also openid, profile, email, offline_access.")
        { Error = "invalid_scope" },
        new("The resource is unknown",
            "resource is not the address of an API here, or the user did not let the application in there (RFC 8707).",
            "Leave it out, or send what the API's metadata calls its resource.")
        { Error = "invalid_target" },
        new("The grant type is not supported",
            "grant_type is not one of authorization_code, client_credentials, refresh_token and the device grant.",
            "Compare its spelling. Passwords and implicit grants are not offered.")
        { Error = "unsupported_grant_type" },
        new("The response type is not supported", "response_type is not code.", "Send response_type=code.") { Error = "unsupported_response_type" },

        // What users did.
        new("The user said no", "Somebody was asked to let the application in, and denied it.", "Say so, and let them try again when they want.")
        { Error = "access_denied" },
        new("The user has to sign in", "The request had prompt=none, and nobody was signed in.", "Send the user again without prompt=none.")
        { Error = "login_required" },
        new("The user has to be asked", "The request had prompt=none, and the user has not let the application in yet.",
            "Send the user again without prompt=none.")
        { Error = "consent_required" },

        // What the request looks like.
        new("A parameter is missing", "The description names it.", "Send it: in the form for POST, in the query for the authorization endpoint.")
        { Error = "invalid_request", Description = "Missing required parameter" },
        new("A parameter is there twice", "The description names it (RFC 6749 §3.1).", "Send it once, in the form or in the query.")
        { Error = "invalid_request", Description = "Duplicate parameter" },
        new("The body is not a form",
            "The endpoint takes application/x-www-form-urlencoded, and got something else: JSON, for example, or multipart of curl -F.",
            "Send a form: curl -d name=value, URLSearchParams in JavaScript, data= in Python's requests.")
        { Error = "invalid_request", Description = "The Content-Type must be" },
        new("The method is wrong", "The endpoint takes POST only.", "Send the same by POST.")
        { Error = "invalid_request", Description = "Method not allowed" },
        new("The request URI is used up",
            "A pushed request can be used once and lives for a minute (RFC 9126).",
            "Push the request anew each time, when the user is about to be sent.")
        { Error = "invalid_request_uri" },
        new("The request is malformed", "The description says how.", "Compare it with the example of the documentation.")
        { Error = "invalid_request" },

        // The API.
        new("The access token has expired", "It lives for an hour.", "Ask for a new one, or use the refresh token, before it is over.")
        { Error = "invalid_token", Description = "The Access Token expired" },
        new("The access token is not valid", "It was revoked, or issued for something else than this API.", "Ask for a new one.")
        { Error = "invalid_token" },
        new("The access token is not enough",
            "It does not have the scope that the description names.",
            "Ask for the scope when you ask for the token, and see that the application's settings allow it.")
        { Error = "insufficient_scope" },
        new("The API did not understand", "The answer's body names each field that is wrong.", "Log the body of answers with status 400.")
        { Status = 400 },
        new("Nothing is there", "The project or task does not exist, or belongs to somebody else.", "Read the list anew: it may have been deleted.")
        { Status = 404 },
        new("Two requests at once", "Another request with the same Idempotency-Key is being answered.", "Try again in a moment, with the same key.")
        { Status = 409 },
        new("It was changed meanwhile", "If-Match names a version that is no longer the newest.", "Read it anew, and decide again.")
        { Status = 412 },
        new("The body is too large", "The request is larger than the endpoint takes.", "Send less in one request.") { Status = 413 },
        new("The body is not JSON", "The Content-Type is not application/json.", "Name it in the header Content-Type.") { Status = 415 },
        new("The Idempotency-Key was used for something else", "The same key came with another request.", "Make a new key for each request.")
        { Status = 422 },
        new("A version has to be named", "The request needs If-Match.", "Send the ETag that you read, as If-Match.") { Status = 428 },

        // Whatever the request is.
        new("Too many requests", "The application made more requests within a minute than it may.",
            "Wait as long as Retry-After says. Keep a token until it expires, instead of asking for one each time.")
        { Status = 429 },
        new("Taskmaster was not available", "A store did not answer. Nothing was wrong with the request.", "Try the same again, after Retry-After.")
        { Status = 503 },
        new("Something failed at Taskmaster", "That should not happen, and nothing about the request is said by it.",
            "Try again. If it stays, tell the operator the trace id.")
        { Status = 500 },
        new("The request was refused", "The error and its description say why.", "Compare the request with the example of the documentation."),
    ];

    public static Situation Of(LoggedRequest request) => Array.Find(All, situation => situation.Explains(request))!;
}
