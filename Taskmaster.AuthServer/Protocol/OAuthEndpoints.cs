namespace Taskmaster.AuthServer.Protocol;

/// <summary>The paths of the protocol endpoints, all below the public origin.</summary>
internal static class OAuthEndpoints
{
    public const string Authorize = "/oauth2/authorize";
    public const string Par = "/oauth2/par";
    public const string Device = "/oauth2/device";
    public const string Verify = "/oauth2/verify";
    public const string Register = "/oauth2/register";
    public const string Token = "/oauth2/token";
    public const string Introspect = "/oauth2/introspect";
    public const string Revoke = "/oauth2/revoke";
    public const string UserInfo = "/oauth2/userinfo";
    public const string Logout = "/oauth2/logout";
    public const string Jwks = "/oauth2/jwks";
    public const string Discovery = "/.well-known/openid-configuration";
    public const string Metadata = "/.well-known/oauth-authorization-server";
}
