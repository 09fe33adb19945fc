using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.KeyRing;
using Taskmaster.ServiceDefaults.ResourceServers;
using Taskmaster.TokenStore;

namespace Taskmaster.Mcp.Authentication;

internal static class TokenValidationExtensions
{
    /// <summary>
    /// Checks access tokens against the token store itself, as the Tasks API does: one look-up a request, so that a revoked
    /// token is dead at its next use. Only a token that was issued for this server is taken; one for the Tasks API is not.
    /// </summary>
    public static void AddTokenValidation(this WebApplicationBuilder builder)
    {
        var origin = builder.AddPublicOrigin();

        builder.AddRedis(options => options.ForTokens());
        builder.AddKeyRing("Taskmaster.Tokens");
        builder.Services.AddDpop();

        builder.Services.AddOpenIddict()
            .AddCore(options => options.UseRedisTokens())
            .AddValidation(options =>
            {
                options.SetIssuer(origin.Uri);
                options.SetConfiguration(new() { Issuer = origin.Uri });
                options.AddAudiences(origin.McpAudience);
                options.EnableTokenEntryValidation();
                options.UseDataProtection();
                options.UseAspNetCore()
                    // RFC 6750 §2.2, §2.3: a token in a URI ends up in logs and histories.
                    .DisableAccessTokenExtractionFromBodyForm()
                    .DisableAccessTokenExtractionFromQueryString();
                options.AddEventHandler(DpopTokens.Descriptor);
                options.RemoveEventHandler(OpenIddictValidationHandlers.Protection.ValidateProofOfPossession.Descriptor);
                options.AddEventHandler(BoundTokens.Descriptor);
            });

        builder.Services.AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        builder.Services.AddSingleton(AllowedOrigins.Read(builder.Configuration, origin));
    }

    /// <summary>Lets through to the MCP endpoint who may do what the message asks for.</summary>
    public static void UseMcpAccess(this WebApplication app) => app.UseMiddleware<McpAccess>();
}
