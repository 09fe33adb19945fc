using Microsoft.AspNetCore.Authorization;
using OpenIddict.Validation;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.KeyRing;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.ServiceDefaults.ResourceServers;
using Taskmaster.TokenStore;

namespace Taskmaster.TasksApi.Authentication;

internal static class TokenValidationExtensions
{
    /// <summary>
    /// Checks AuthServer's reference tokens against the token store itself: one look-up a request and no call to
    /// AuthServer, so that a revoked token is dead at its next use.
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
                options.AddAudiences(origin.TasksApiAudience);
                options.EnableTokenEntryValidation();
                options.UseDataProtection();
                options.UseAspNetCore()
                    // RFC 6750 §2.2, §2.3: a token in a URI ends up in logs and histories.
                    .DisableAccessTokenExtractionFromBodyForm()
                    .DisableAccessTokenExtractionFromQueryString();
                options.AddEventHandler(ExpiredToken.Descriptor);
                options.AddEventHandler(DpopTokens.Descriptor);
                options.RemoveEventHandler(OpenIddictValidationHandlers.Protection.ValidateProofOfPossession.Descriptor);
                options.AddEventHandler(BoundTokens.Descriptor);
            });

        builder.Services.AddAuthentication(CallerScheme.Name)
            .AddPolicyScheme(CallerScheme.Name, displayName: null, options => options.ForwardDefaultSelector = CallerScheme.SchemeOf);
        builder.Services.AddSingleton<CallerRequests>();
        builder.Services.AddScoped<Admission>();
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton(AdminOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<IAuthorizationHandler, AdminRole.Handler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAnswers>();
    }

    /// <summary>Counts requests to the API by who makes them, those that are refused further in as well.</summary>
    public static void CountCallers(this WebApplication app)
    {
        var requests = app.Services.GetRequiredService<CallerRequests>();
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(PublicPaths.Api, StringComparison.OrdinalIgnoreCase))
            {
                requests.Count(context.User);
            }

            return next(context);
        });
    }
}
