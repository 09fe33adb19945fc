// An authorization server whose tokens are in Redis, and nothing of Taskmaster but the package:
//   curl -u sample:sample-secret -d grant_type=client_credentials http://localhost:5000/token
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using StackExchange.Redis;
using Taskmaster.TokenStore;
using static OpenIddict.Abstractions.OpenIddictConstants;

var builder = WebApplication.CreateBuilder(args);
var redis = ConfigurationOptions.Parse(builder.Configuration["Redis"] ?? "localhost:6379").ForTokens();
builder.Services.AddSingleton<IConnectionMultiplexer>(ConnectionMultiplexer.Connect(redis));
builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase("clients").UseOpenIddict());
builder.Services.AddOpenIddict()
    .AddCore(core =>
    {
        core.UseEntityFrameworkCore().UseDbContext<DbContext>();
        core.UseRedisTokens();
    })
    .AddServer(server =>
    {
        server.SetTokenEndpointUris("token").SetIntrospectionEndpointUris("introspect").SetRevocationEndpointUris("revoke")
            .AllowClientCredentialsFlow()
            .UseReferenceAccessTokens()
            .AddEphemeralEncryptionKey().AddEphemeralSigningKey()
            .UseDataProtection();
        server.UseAspNetCore().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
    });

var app = builder.Build();
app.MapPost("/token", (HttpContext http) =>
{
    var caller = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    caller.SetClaim(Claims.Subject, http.GetOpenIddictServerRequest()!.ClientId);
    return Results.SignIn(new ClaimsPrincipal(caller), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
});

await using (var scope = app.Services.CreateAsyncScope())
{
    var sample = new OpenIddictApplicationDescriptor { ClientId = "sample", ClientSecret = "sample-secret" };
    sample.AddGrantTypePermissions(GrantTypes.ClientCredentials);
    sample.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation]);
    await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(sample);
}

await app.RunAsync();
