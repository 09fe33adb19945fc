#!/usr/bin/env bash
#
# Guess     A refresh that asks for a scope beyond the grant fails as invalid_scope, which RFC 6749 section 5.2 defines to
#           cover a scope that exceeds what the resource owner granted.
# Seen      It fails as invalid_grant, the error of a refresh token that is no good, although the token still is: the next
#           refresh with it succeeds. A scope nobody knows, in the same request, is invalid_scope; the descriptions are equal.
# Version   OpenIddict.Server.AspNetCore 7.8.0 (degraded mode: no stores, and the built-in check runs all the same).
# Source    https://github.com/openiddict/openiddict-core, src/OpenIddict.Server/OpenIddictServerHandlers.Exchange.cs: the
#           handler ValidateGrantedScopes rejects with invalid_grant. https://github.com/openiddict/openiddict-core/pull/1583
#           describes what it is for.
# Output    within the grant: tokens
#           beyond the grant: invalid_grant (The specified 'scope' is invalid.)
#           unknown scope: invalid_scope (The specified 'scope' is invalid.)
#           afterwards: tokens
# Matters   A client that takes invalid_grant for what it says drops its refresh token and sends the user to sign in again,
#           for a request it had only to repeat with fewer scopes. Taskmaster answers invalid_scope and names the scope
#           (a test in AuthorizationCodeTests.cs has it, and that the refresh token stays good).

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
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Security.Claims;
using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOpenIddict().AddServer(options => options
    .EnableDegradedMode()
    .SetTokenEndpointUris("token")
    .AllowPasswordFlow()
    .AllowRefreshTokenFlow()
    .RegisterScopes("read", "write")
    .AddEphemeralEncryptionKey()
    .AddEphemeralSigningKey()
    // No store: every client is known.
    .AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default))
    .AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
    {
        if (context.Request.IsPasswordGrantType())
        {
            var identity = new ClaimsIdentity("Probe");
            identity.SetClaim(Claims.Subject, "alice");
            identity.SetScopes(context.Request.GetScopes());
            context.SignIn(new ClaimsPrincipal(identity));
        }

        return default;
    }))
    .UseAspNetCore().DisableTransportSecurityRequirement());

await using var app = builder.Build();
app.UseAuthentication();
await app.StartAsync();

using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };

async Task<JsonElement> AskAsync(params (string Name, string Value)[] form)
{
    using var body = new FormUrlEncodedContent(form.Append(("client_id", "probe")).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
    using var answer = await http.PostAsync("token", body);
    return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}

void Say(string what, JsonElement answer)
{
    var error = answer.TryGetProperty("error", out var code);
    Console.WriteLine($"{what}: {(error ? $"{code.GetString()} ({answer.GetProperty("error_description").GetString()})" : "tokens")}");
}

var granted = await AskAsync(("grant_type", "password"), ("username", "alice"), ("password", "any"), ("scope", "read offline_access"));
var token = granted.GetProperty("refresh_token").GetString()!;

Say("within the grant", await AskAsync(("grant_type", "refresh_token"), ("refresh_token", token), ("scope", "read")));
Say("beyond the grant", await AskAsync(("grant_type", "refresh_token"), ("refresh_token", token), ("scope", "read write")));
Say("unknown scope", await AskAsync(("grant_type", "refresh_token"), ("refresh_token", token), ("scope", "nonsense")));
Say("afterwards", await AskAsync(("grant_type", "refresh_token"), ("refresh_token", token)));
EOF

dotnet build -v:q > build.log 2>&1 || { cat build.log; exit 2; }
dotnet run --no-build | tee seen

diff seen - <<'EOF'
within the grant: tokens
beyond the grant: invalid_grant (The specified 'scope' is invalid.)
unknown scope: invalid_scope (The specified 'scope' is invalid.)
afterwards: tokens
EOF
echo "As described."
