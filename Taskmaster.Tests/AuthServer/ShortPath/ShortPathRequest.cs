namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>
/// A request to the token or introspection endpoint, named for what is special about it; short is one about which
/// everything is plainly right. Words in braces stand for a client's id and secret and for tokens.
/// </summary>
internal sealed record ShortPathRequest(string Name, string Path, string? Authorization, string Form, bool IsShort)
{
    private const string Token = "/oauth2/token";
    private const string Introspect = "/oauth2/introspect";

    public static IReadOnlyList<ShortPathRequest> All { get; } =
    [
        new("client credentials", Token, "Basic {id}:{secret}", "grant_type=client_credentials", true),
        new("another case of the scheme", Token, "basic {id}:{secret}", "grant_type=client_credentials", true),
        new("credentials in the form", Token, null, "grant_type=client_credentials&client_id={id}&client_secret={secret}", true),
        new("a scope", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=tasks:read", true),
        new("two scopes", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=tasks:write+tasks:read", true),
        new("a scope twice", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=tasks:read+tasks:read", false),
        new("scopes with two spaces", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=tasks:read++tasks:write", false),
        new("an empty scope", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=", false),
        new("a scope that there is not", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=nonsense", false),
        new("a resource", Token, "Basic {id}:{secret}", "grant_type=client_credentials&resource=http://taskmaster.test/api", false),
        new("a resource that there is not", Token, "Basic {id}:{secret}", "grant_type=client_credentials&resource=https://elsewhere.example", false),
        new("a user's scope", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=openid", false),
        new("a scope of Taskmaster's own", Token, "Basic {id}:{secret}", "grant_type=client_credentials&scope=clients:manage", false),
        new("no grant type", Token, "Basic {id}:{secret}", "scope=tasks:read", false),
        new("another grant type", Token, "Basic {id}:{secret}", "grant_type=authorization_code&code=x&redirect_uri=https://yourapp.com/auth/callback", false),
        new("a grant type in capitals", Token, "Basic {id}:{secret}", "grant_type=CLIENT_CREDENTIALS", false),
        new("a parameter's name in capitals", Token, "Basic {id}:{secret}", "Grant_Type=client_credentials", false),
        new("a parameter twice", Token, "Basic {id}:{secret}", "grant_type=client_credentials&grant_type=client_credentials", false),
        new("a parameter twice in two cases", Token, "Basic {id}:{secret}", "grant_type=client_credentials&GRANT_TYPE=client_credentials", false),
        new("an unknown parameter", Token, "Basic {id}:{secret}", "grant_type=client_credentials&extra=1", false),
        new("a resource", Token, "Basic {id}:{secret}", "grant_type=client_credentials&resource=https://example.com", false),
        new("a code challenge", Token, "Basic {id}:{secret}", "grant_type=client_credentials&code_verifier=x", false),
        new("a wrong secret", Token, "Basic {id}:wrong", "grant_type=client_credentials", false),
        new("a wrong secret in the form", Token, null, "grant_type=client_credentials&client_id={id}&client_secret=wrong", false),
        new("no secret", Token, "Basic {id}:", "grant_type=client_credentials", false),
        new("no client", Token, "Basic :{secret}", "grant_type=client_credentials", false),
        new("an unknown client", Token, "Basic nobody:{secret}", "grant_type=client_credentials", false),
        new("an escaped secret", Token, "Basic {id}:%61{secret}", "grant_type=client_credentials", false),
        new("nothing between id and secret", Token, "Basic {id}", "grant_type=client_credentials", false),
        new("no authentication", Token, null, "grant_type=client_credentials", false),
        new("only a client id", Token, null, "grant_type=client_credentials&client_id={id}", false),
        new("two authentications", Token, "Basic {id}:{secret}", "grant_type=client_credentials&client_secret={secret}", false),
        new("two client ids", Token, "Basic {id}:{secret}", "grant_type=client_credentials&client_id={id}", false),
        new("another client's id", Token, "Basic {id}:{secret}", "grant_type=client_credentials&client_id=nobody", false),
        new("an empty client id", Token, "Basic {id}:{secret}", "grant_type=client_credentials&client_id=", false),
        new("another scheme", Token, "Bearer {token}", "grant_type=client_credentials", false),
        new("an empty form", Token, "Basic {id}:{secret}", "", false),
        new("a query", Token + "?grant_type=client_credentials", "Basic {id}:{secret}", "", false),
        new("a query beside the form", Token + "?scope=tasks:read", "Basic {id}:{secret}", "grant_type=client_credentials", false),
        new("another path", Token + "/", "Basic {id}:{secret}", "grant_type=client_credentials", false),
        new("a path in capitals", "/OAUTH2/TOKEN", "Basic {id}:{secret}", "grant_type=client_credentials", false),
        new("introspection", Introspect, "Basic {id}:{secret}", "token={token}", true),
        new("introspection, credentials in the form", Introspect, null, "token={token}&client_id={id}&client_secret={secret}", true),
        new("introspection of a token with scopes", Introspect, "Basic {id}:{secret}", "token={scoped}", true),
        new("introspection of a user's token", Introspect, "Basic {id}:{secret}", "token={users}", true),
        new("introspection with a hint", Introspect, "Basic {id}:{secret}", "token={token}&token_type_hint=access_token", true),
        new("introspection with the wrong hint", Introspect, "Basic {id}:{secret}", "token={token}&token_type_hint=refresh_token", false),
        new("introspection of a refresh token", Introspect, "Basic {id}:{secret}", "token={refresh}", false),
        new("introspection of an id_token", Introspect, "Basic {id}:{secret}", "token={id_token}", false),
        new("introspection of a code", Introspect, "Basic {id}:{secret}", "token={code}", false),
        new("introspection of a revoked token", Introspect, "Basic {id}:{secret}", "token={revoked}", false),
        new("introspection of another's token", Introspect, "Basic {id}:{secret}", "token={foreign}", false),
        new("introspection of an unknown token", Introspect, "Basic {id}:{secret}", "token=L4hk-yre7cjNUO7UNlWffwJjo1Qv6zEzCK9o5r9fvF8", false),
        new("introspection of something else", Introspect, "Basic {id}:{secret}", "token=made-up", false),
        new("introspection of nothing", Introspect, "Basic {id}:{secret}", "", false),
        new("introspection of two tokens", Introspect, "Basic {id}:{secret}", "token={token}&token={token}", false),
        new("introspection with a wrong secret", Introspect, "Basic {id}:wrong", "token={token}", false),
        new("introspection without authentication", Introspect, null, "token={token}", false),
    ];
}
