using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A website that signs its users in and out with ASP.NET Core's OpenID Connect handler, as its documentation shows it.</summary>
public sealed class OidcWebsite : IAsyncDisposable
{
    private readonly WebApplication _site;

    private OidcWebsite(WebApplication site) => _site = site;

    public string Address => _site.Urls.Single();

    public string RedirectUri => Address + "/signin-oidc";

    public string PostLogoutRedirectUri => Address + "/signout-callback-oidc";

    public static async Task<OidcWebsite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddAuthorization();
        builder.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie()
            .AddOpenIdConnect();
        builder.Services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme).Configure<Registration>(
            (options, registration) =>
        {
            options.Authority = registration.Authority;
            options.ClientId = registration.ClientId;
            options.ClientSecret = registration.ClientSecret;
            options.ResponseType = "code";
            options.ResponseMode = "query";
            options.SaveTokens = true;
            options.MapInboundClaims = false;
            options.TokenValidationParameters.NameClaimType = "name";

            // Over plain http, as in development.
            options.RequireHttpsMetadata = false;
            options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.None;
        });
        builder.Services.AddSingleton<Registration>();

        var site = builder.Build();
        site.UseAuthentication();
        site.UseAuthorization();
        site.MapGet("/", (HttpContext context) => context.User.Identity!.IsAuthenticated ? "Signed in" : "Signed out");
        site.MapGet("/secret", (HttpContext context) => $"The secret of {context.User.Identity!.Name}").RequireAuthorization();
        site.MapGet("/sign-out", () => TypedResults.SignOut(
            new AuthenticationProperties { RedirectUri = "/" },
            [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]));
        await site.StartAsync();
        return new OidcWebsite(site);
    }

    /// <summary>Before its first request: the handler reads its options once.</summary>
    public void Use(Uri authority, RegisteredClient client)
    {
        var registration = _site.Services.GetRequiredService<Registration>();
        registration.Authority = authority.GetLeftPart(UriPartial.Authority);
        registration.ClientId = client.ClientId;
        registration.ClientSecret = client.ClientSecret;
        _site.Services.GetRequiredService<IOptionsMonitorCache<OpenIdConnectOptions>>().Clear();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private sealed class Registration
    {
        public string? Authority { get; set; }

        public string? ClientId { get; set; }

        public string? ClientSecret { get; set; }
    }
}
