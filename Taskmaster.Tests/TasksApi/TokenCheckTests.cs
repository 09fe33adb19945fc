using System.Diagnostics.Metrics;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.Tests.TasksApi.Hosting;
using Taskmaster.TokenStore.Conformance.Store;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TasksApi;

/// <summary>The API's own check lets pass what OpenIddict's validation lets pass, with the same claims, and nothing else.</summary>
[Collection(SharedTasksApi.Name)]
public sealed class TokenCheckTests(TasksApiHost host)
{
    private readonly Guid _user = Guid.CreateVersion7();

    [Fact]
    public async Task A_live_token_passes_in_one_round_trip_and_with_the_claims_that_OpenIddict_gives_it()
    {
        using var trips = new RoundTrips(host.Services.GetRequiredService<IMeterFactory>());

        foreach (var token in new[]
        {
            await host.Issuer.AccessTokenAsync(_user, []),
            await host.Issuer.AccessTokenAsync(_user, [Scopes.OpenId, TaskmasterScopes.TasksRead]),
            await host.Issuer.AccessTokenAsync(
                _user, [], principal => principal.SetAudiences("https://example.com", TasksApiHost.Origin + "/api")),
            await host.Issuer.AccessTokenAsync(_user, [], principal => principal.SetAuthorizationId(Guid.CreateVersion7().ToString())
                .SetClaim(Claims.ClientId, "abc")
                .SetPresenters("abc")),
        })
        {
            _ = trips.Take();
            var own = await CheckAsync(CallerScheme.Name, "Bearer " + token);
            Assert.Equal("find", trips.Take());

            var stock = await CheckAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme, "Bearer " + token);
            Assert.True(own.Succeeded, own.Failure?.Message);
            Assert.Equal(Shown(stock.Principal!), Shown(own.Principal!));
        }
    }

    [Fact]
    public async Task Whatever_is_no_live_token_for_this_API_gets_OpenIddicts_own_answer()
    {
        var revoked = await host.Issuer.AccessTokenAsync(_user, []);
        await host.Issuer.RevokeAsync(revoked);

        foreach (var header in new[]
        {
            "",
            "Bearer",
            "Bearer ",
            "Basic YTpi",
            "Bearer not-a-token",
            "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "Bearer " + revoked,
            "Bearer " + await host.Issuer.AccessTokenAsync(
                _user, [], principal => principal.SetExpirationDate(host.Clock.GetUtcNow().AddSeconds(-1))),
            "Bearer " + await host.Issuer.AccessTokenAsync(_user, [], principal => principal.SetAudiences("https://example.com")),
            "Bearer " + await host.Issuer.AccessTokenAsync(_user, [], principal => principal.SetAudiences()),
            "Bearer " + await host.Issuer.OtherTokenAsync(TokenTypeIdentifiers.RefreshToken, _user),
            "Bearer " + await host.Issuer.OtherTokenAsync(TokenTypeIdentifiers.Private.AuthorizationCode, _user),
            "Bearer " + await host.Issuer.OtherTokenAsync(TokenTypeIdentifiers.IdentityToken, _user),
        })
        {
            var own = await CheckAsync(CallerScheme.Name, header);
            var stock = await CheckAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme, header);

            Assert.False(own.Succeeded, header);
            Assert.Equal((stock.None, stock.Failure?.Message), (own.None, own.Failure?.Message));
            Assert.Equal(Text(stock.Properties), Text(own.Properties));
        }

        static string? Text(AuthenticationProperties? properties) =>
            properties is null ? null : string.Join(';', properties.Items.OrderBy(item => item.Key));
    }

    private async Task<AuthenticateResult> CheckAsync(string scheme, string authorization)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("taskmaster.test");
        http.Request.Path = "/api/tasks";
        http.Request.Method = HttpMethods.Get;
        http.Request.Headers.Authorization = authorization;

        // As the authentication middleware does before it asks who the caller is.
        var handlers = scope.ServiceProvider.GetRequiredService<IAuthenticationHandlerProvider>();
        var validation = (IAuthenticationRequestHandler?)await handlers.GetHandlerAsync(
            http, OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        Assert.False(await validation!.HandleRequestAsync());

        return await http.AuthenticateAsync(scheme);
    }

    private static string Shown(ClaimsPrincipal principal) => string.Join('\n', principal.Claims
        .Select(claim => $"{claim.Type}={claim.Value} ({claim.ValueType}, {claim.Issuer}) {string.Join(',', claim.Properties)}")
        .Order(StringComparer.Ordinal)
        .Append($"{principal.Identity!.AuthenticationType} {principal.Identity.IsAuthenticated} "
            + $"{((ClaimsIdentity)principal.Identity).NameClaimType}"));
}
