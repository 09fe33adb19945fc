#!/usr/bin/env bash
#
# Guess     A resource server refuses an access token whose claim cnf names a key that it cannot check with 401 invalid_token:
#           RFC 7800 section 3.1 leaves it to the recipient what it does with a confirmation that it does not understand.
# Seen      The request ends in an InvalidOperationException (ID2196), which is answered 500. Without a binding, and with one to
#           a certificate that the caller does not show, it is answered as guessed.
# Version   OpenIddict.Validation.AspNetCore 7.8.0, beside OpenIddict.Server.AspNetCore 7.8.0 (degraded mode: no stores).
# Source    OpenIddict.Validation 7.8.0, the handler ValidateProofOfPossession of its Protection handlers: what is no
#           x5t#S256 (RFC 8705) is an exception. The server's handler of the same name does the same.
# Output    no binding: 200
#           bound to a certificate: 401
#           bound to a key (RFC 9449): 500
# Matters   Nobody gets in by it, but a token that another server of the same issuer binds makes this one answer as if it were
#           broken. Taskmaster takes the handler out and has its own in its place (BoundTokens, RequireBoundKey).

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What the tools leave behind goes with the rest.
mkdir .tmp
export TMPDIR="$work/.tmp"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

# Nothing from a folder above takes part.
echo '<Project><PropertyGroup><UseSharedCompilation>false</UseSharedCompilation></PropertyGroup></Project>' > Directory.Build.props
for name in Directory.Build.targets Directory.Packages.props; do echo '<Project />' > "$name"; done

cat > Probe.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="OpenIddict.Server.AspNetCore" Version="7.8.0" />
    <PackageReference Include="OpenIddict.Validation.AspNetCore" Version="7.8.0" />
    <PackageReference Include="OpenIddict.Validation.ServerIntegration" Version="7.8.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOpenIddict()
    .AddServer(options => options
        .EnableDegradedMode()
        .SetTokenEndpointUris("token")
        .AllowPasswordFlow()
        .AddEphemeralEncryptionKey()
        .AddEphemeralSigningKey()
        // No store: every client is known.
        .AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default))
        .AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            var identity = new ClaimsIdentity("Probe");
            identity.SetClaim(Claims.Subject, "alice");
            context.SignIn(new ClaimsPrincipal(identity));
            return default;
        }))
        // The access token's claims are made by now; the user name says what to bind it to.
        .AddEventHandler<OpenIddictServerEvents.ProcessSignInContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Request?.Username is "key" or "certificate")
                {
                    var member = context.Request.Username is "key" ? "jkt" : "x5t#S256";
                    ((ClaimsIdentity)context.AccessTokenPrincipal!.Identity!).AddClaim(
                        new Claim(Claims.Confirmation, $$"""{"{{member}}":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}""", "JSON"));
                }

                return default;
            })
            .SetOrder(OpenIddictServerHandlers.PrepareUserCodePrincipal.Descriptor.Order + 500))
        .UseAspNetCore().DisableTransportSecurityRequirement())
    .AddValidation(options =>
    {
        options.UseLocalServer();
        options.UseAspNetCore();
    });
builder.Services.AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);

await using var app = builder.Build();
app.Use(async (context, next) =>
{
    try
    {
        await next(context);
    }
    catch (InvalidOperationException)
    {
        context.Response.StatusCode = 500;
    }
});
app.UseAuthentication();
app.MapGet("/who", async (HttpContext context) =>
    (await context.AuthenticateAsync()).Succeeded ? Results.Ok() : Results.Unauthorized());
await app.StartAsync();

using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };

async Task<int> CallAsync(string binding)
{
    using var form = new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "password", ["client_id"] = "probe", ["username"] = binding, ["password"] = "any",
    });
    using var issued = await http.PostAsync("token", form);
    var token = JsonDocument.Parse(await issued.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString();
    using var request = new HttpRequestMessage(HttpMethod.Get, "who");
    request.Headers.Authorization = new("Bearer", token);
    using var answer = await http.SendAsync(request);
    return (int)answer.StatusCode;
}

Console.WriteLine($"no binding: {await CallAsync("nothing")}");
Console.WriteLine($"bound to a certificate: {await CallAsync("certificate")}");
Console.WriteLine($"bound to a key (RFC 9449): {await CallAsync("key")}");
EOF

dotnet build -v:q > build.log 2>&1 || { cat build.log; exit 2; }
dotnet run --no-build | tee seen

diff seen - <<'EOF'
no binding: 200
bound to a certificate: 401
bound to a key (RFC 9449): 500
EOF
echo "As described."
