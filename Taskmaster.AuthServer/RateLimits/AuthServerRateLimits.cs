using System.Collections.Frozen;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Server;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.RateLimits;

namespace Taskmaster.AuthServer.RateLimits;

/// <summary>
/// What AuthServer limits (docs/rate-limits.md). A client is counted together with its address, so that nobody elsewhere
/// can use up its limit by claiming its <c>client_id</c>; and whoever shares its address cannot by guessing.
/// </summary>
internal static class AuthServerRateLimits
{
    public const string Token = "token";
    public const string Introspection = "introspection";
    public const string Unauthorized = "unauthorized";
    public const string Registration = "registration";
    public const string ClientConfiguration = "clientconfiguration";
    public const string Device = "device";
    public const string SignIn = "signin";
    public const string SignUp = "signup";
    public const string Authorize = "authorize";
    public const string UserInfo = "userinfo";
    public const string Management = "management";

    private static readonly RateLimitRule TokenRule = ByClient(Token);
    private static readonly RateLimitRule IntrospectionRule = ByClient(Introspection);
    private static readonly RateLimitRule AuthorizeRule = ByAddress(Authorize) with { Exact = false };
    private static readonly RateLimitRule ClientConfigurationRule = ByAddress(ClientConfiguration);

    // Counted by address, because the limit applies before the token is validated; and apart from the token endpoint's count.
    private static readonly RateLimitRule ManagementRule = ByAddress(Management) with { Exact = false };

    // Those that are asked many times a second count in memory; the others can afford a round trip.
    private static readonly FrozenDictionary<string, RateLimitRule> Protocol = new Dictionary<string, RateLimitRule>
    {
        [OAuthEndpoints.Token] = TokenRule,
        [OAuthEndpoints.Revoke] = TokenRule,
        [OAuthEndpoints.Introspect] = IntrospectionRule,
        [OAuthEndpoints.Par] = TokenRule,
        [OAuthEndpoints.Register] = ByAddress(Registration),
        [OAuthEndpoints.Device] = ByAddress(Device),
        [OAuthEndpoints.Authorize] = AuthorizeRule,
        [OAuthEndpoints.Logout] = AuthorizeRule,
        [OAuthEndpoints.UserInfo] = ByAddress(UserInfo) with { Exact = false },
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Looking at a form costs nothing that needs a limit; sending it does.
    private static readonly FrozenDictionary<string, RateLimitRule> Forms = new Dictionary<string, RateLimitRule>
    {
        ["/sign-in"] = ByAddress(SignIn),
        ["/sign-up"] = ByAddress(SignUp),
        ["/password"] = ByAddress(SignIn),
        [OAuthEndpoints.Verify] = ByAddress(SignIn),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        var minute = TimeSpan.FromMinutes(1);
        builder.Services.AddSingleton<ClientProof>();
        builder.AddRateLimit(Token, 6_000, minute);
        builder.AddRateLimit(Introspection, 60_000, minute);
        builder.AddRateLimit(Unauthorized, 300, minute);
        builder.AddRateLimit(Registration, 60, TimeSpan.FromHours(1));
        builder.AddRateLimit(ClientConfiguration, 60, minute);
        builder.AddRateLimit(Device, 60, minute);
        builder.AddRateLimit(SignIn, 60, minute);
        builder.AddRateLimit(SignUp, 300, TimeSpan.FromHours(1));
        builder.AddRateLimit(Authorize, 1_200, minute);
        builder.AddRateLimit(UserInfo, 6_000, minute);
        builder.AddRateLimit(Management, 600, minute);
    }

    public static void UseRateLimits(this IApplicationBuilder app) => app.UseRateLimits(RuleFor, RefuseAsync);

    private static RateLimitRule? RuleFor(HttpContext context)
    {
        // OpenIddict takes a trailing slash and any case for the same path.
        var path = context.Request.Path.Value!;
        path = path is [_, .., '/'] ? path.TrimEnd('/') : path;

        return Protocol.TryGetValue(path, out var rule)
            || (HttpMethods.IsPost(context.Request.Method) && Forms.TryGetValue(path, out rule))
            ? rule
            : path.StartsWith(OAuthEndpoints.Register + "/", StringComparison.OrdinalIgnoreCase)
                ? ClientConfigurationRule
                : ManagementApi.Has(path) ? ManagementRule : null;
    }

    private static RateLimitRule ByClient(string policy) => new(policy, CallingClient.OfAsync)
    {
        Unauthorized = Unauthorized,
        Proof = static (context, lookUp) => context.RequestServices.GetRequiredService<ClientProof>().CheckAsync(context, lookUp),
    };

    private static RateLimitRule ByAddress(string policy) => new(policy, context => new(CallerAddress.Of(context))) { Exact = true };

    // A browser gets the error page, which fills in a response without a body.
    private static Task RefuseAsync(HttpContext context, RateLimitDecision decision)
    {
        var error = ProtocolErrors.TooManyRequests(decision.SecondsLeft);
        context.SetAnsweredError(error);
        return context.Request.PrefersHtml() ? Task.CompletedTask : ErrorResponses.WriteAsync(context, error);
    }
}
