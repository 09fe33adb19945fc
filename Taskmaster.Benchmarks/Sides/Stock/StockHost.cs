using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Benchmarks.Sides.Stock;

/// <summary>OpenIddict as its documentation sets it up: Entity Framework Core, Postgres, reference tokens, all else as it comes.</summary>
internal static class StockHost
{
    // What its documentation makes certificates with, and what the other sides have. AddEphemeralSigningKey makes keys of 4096 bits,
    // by which a signature costs sixteen times as much.
    private const int KeyBits = 2048;

    public static async Task<int> RunAsync(string port, string authConnection, string tasksConnection)
    {
        var builder = OwnProgram.NewBuilder(port);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        builder.Services.AddDbContext<StockDbContext>(options => options.UseNpgsql(authConnection).UseOpenIddict());
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization(options => options.AddPolicy("bearer", policy => policy
            .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser()));
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<StockDbContext>())
            .AddServer(Configure)
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                validation.EnableTokenEntryValidation();
            });

        await using var database = NpgsqlDataSource.Create(tasksConnection);
        await using var app = builder.Build();
        await StockDbContext.CreateAsync(app.Services);

        app.UseAuthentication();
        app.UseAuthorization();
        StockEndpoints.Map(app);
        app.MapGet("/api/tasks", http => TaskTable.WriteAsync(http, database)).RequireAuthorization("bearer");
        return await OwnProgram.RunAsync(app);
    }

    private static void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("/oauth2/authorize")
            .SetTokenEndpointUris("/oauth2/token")
            .SetIntrospectionEndpointUris("/oauth2/introspect")
            .SetRevocationEndpointUris("/oauth2/revoke")
            .AllowAuthorizationCodeFlow()
            .AllowClientCredentialsFlow()
            .AllowRefreshTokenFlow()
            .UseReferenceAccessTokens()
            .UseReferenceRefreshTokens()
            .RegisterScopes(Scopes.Email, Scopes.Profile, Scopes.OfflineAccess)
            .AddSigningKey(new RsaSecurityKey(RSA.Create(KeyBits)))
            .AddEncryptionKey(new RsaSecurityKey(RSA.Create(KeyBits)));

        server.UseAspNetCore()
            .DisableTransportSecurityRequirement()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough();
    }
}
