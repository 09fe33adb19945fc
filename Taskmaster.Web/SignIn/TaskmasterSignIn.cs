using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// Web is an OpenID Connect client of AuthServer like any other. The tokens it gets stay in the session in Redis;
/// the browser has a cookie that names the session.
/// </summary>
internal static class TaskmasterSignIn
{
    /// <summary>As long as a refresh token lives, whatever its use: the session cannot outlast it.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromDays(30);

    private static readonly string[] Scopes =
    [
        OpenIdConnectScope.OpenId, OpenIdConnectScope.Profile, OpenIdConnectScope.Email, OpenIdConnectScope.OfflineAccess,
        TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite, TaskmasterScopes.ClientsManage,
    ];

    public static void AddTaskmasterSignIn(this IHostApplicationBuilder builder, PublicOrigin origin)
    {
        var services = builder.Services;
        var secret = builder.Configuration["WebClient:Secret"];
        if (string.IsNullOrWhiteSpace(secret))
        {
            throw new InvalidOperationException(
                "The setting WebClient:Secret is missing. It is the secret AuthServer knows the client taskmaster-web by.");
        }

        services.AddAuthorization();
        services.AddHttpContextAccessor();
        services.AddSingleton<RedisSessionStore>();
        services.AddSingleton<ShownOnce>();
        services.AddSingleton<BrowserCookie>();
        services.AddSingleton<TypedForms>();
        services.AddSingleton<TokenRefresher>();
        services.AddSingleton(provider => new AuthServerTokens(
            provider.GetRequiredService<AuthServerMetadata>(),
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            secret));
        services.AddAuthServerBackchannel();
        services.AddScoped<SessionCookieEvents>();
        services.AddScoped<SignInEvents>();

        services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie()
            .AddOpenIdConnect();

        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<RedisSessionStore>((options, sessions) => ConfigureSession(options, sessions, origin));
        services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme)
            .Configure<AuthServerMetadata, IHttpClientFactory>((options, metadata, clients) =>
                ConfigureClient(options, metadata, clients, origin, secret));
    }

    private static void ConfigureSession(CookieAuthenticationOptions options, ITicketStore sessions, PublicOrigin origin)
    {
        options.SessionStore = sessions;
        options.EventsType = typeof(SessionCookieEvents);
        options.Cookie.Name = WebCookies.Name(origin);
        WebCookies.Protect(options.Cookie, origin);
        options.ExpireTimeSpan = SessionLifetime;

        // The store slides the idle time-out. Sliding here would write when the answer has begun, too late for a 503.
        options.SlidingExpiration = false;
    }

    private static void ConfigureClient(
        OpenIdConnectOptions options, AuthServerMetadata metadata, IHttpClientFactory clients, PublicOrigin origin, string secret)
    {
        options.ClientId = WellKnownClients.Web;
        options.ClientSecret = secret;
        options.ConfigurationManager = metadata;
        options.Backchannel = clients.CreateClient(AuthServerBackchannel.Name);
        options.EventsType = typeof(SignInEvents);

        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
        options.SaveTokens = true;
        options.Scope.Clear();
        foreach (var scope in Scopes)
        {
            options.Scope.Add(scope);
        }

        options.CallbackPath = "/signin-oidc";
        options.SignedOutCallbackPath = "/signout-callback-oidc";
        options.SignedOutRedirectUri = "/";

        options.MapInboundClaims = false;
        options.TokenValidationParameters.NameClaimType = "name";
        options.TokenValidationParameters.ValidIssuer = origin.Value;

        options.CorrelationCookie.Name = WebCookies.NameBelowPath("correlation.");
        WebCookies.Protect(options.CorrelationCookie, origin);
        options.NonceCookie.Name = WebCookies.NameBelowPath("nonce.");
        WebCookies.Protect(options.NonceCookie, origin);
    }
}
