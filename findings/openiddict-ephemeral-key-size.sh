#!/usr/bin/env bash
#
# Guess     The keys that a server signs and encrypts with while it is developed or tried, AddEphemeralSigningKey and
#           AddDevelopmentSigningCertificate, have the size of those that the documentation makes for production, 2048 bits:
#           the least that RFC 7518 section 3.3 lets RS256 have.
# Seen      All of them have 4096 bits. A signature by 4096 bits takes about sixteen times as long as one by 2048, and is twice
#           as long.
# Version   OpenIddict.Server 7.8.0, .NET 10.0.
# Source    OpenIddict.Server 7.8.0: AddEphemeralSigningKey, AddEphemeralEncryptionKey and AddDevelopmentSigningCertificate of
#           OpenIddictServerBuilder, whose docstrings name no size. The documentation's page on encryption and signing
#           credentials makes certificates for production with RSA.Create(keySizeInBits: 2048).
# Output    development certificate: 4096 bits
#           ephemeral signing key: 4096 bits
#           ephemeral encryption key: 4096 bits
# Matters   Whoever measures a server that was set up as for development measures the keys. Taskmaster.Benchmarks did: with keys
#           of 2048 bits, as every other side has them, stock OpenIddict gave twice as many tokens (docs/benchmarks.md).

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What the tools leave behind goes with the rest, the certificate's store as well.
mkdir .tmp .home
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
    <PackageReference Include="OpenIddict.Server" Version="7.8.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

OpenIddictServerOptions Options(Action<OpenIddictServerBuilder> configure)
{
    var services = new ServiceCollection();
    services.AddOpenIddict().AddServer(configure);

    // Only what was asked for: the whole set-up would be validated, and lacks endpoints.
    var options = new OpenIddictServerOptions();
    foreach (var step in services.BuildServiceProvider().GetServices<IConfigureOptions<OpenIddictServerOptions>>()
        .Where(step => step.GetType().Name.StartsWith("ConfigureNamedOptions", StringComparison.Ordinal)))
    {
        ((IConfigureNamedOptions<OpenIddictServerOptions>)step).Configure(Microsoft.Extensions.Options.Options.DefaultName, options);
    }

    return options;
}

int Bits(SecurityKey key) => ((AsymmetricSecurityKey)key).KeySize;

var certificate = Options(server => server.AddDevelopmentSigningCertificate());
var ephemeral = Options(server => server.AddEphemeralSigningKey().AddEphemeralEncryptionKey());
Console.WriteLine($"development certificate: {Bits(certificate.SigningCredentials.Single().Key)} bits");
Console.WriteLine($"ephemeral signing key: {Bits(ephemeral.SigningCredentials.Single().Key)} bits");
Console.WriteLine($"ephemeral encryption key: {Bits(ephemeral.EncryptionCredentials.Single().Key)} bits");
EOF

dotnet build -v:q > build.log 2>&1 || { cat build.log; exit 2; }
HOME="$work/.home" dotnet run --no-build | tee seen

diff seen - <<'EOF'
development certificate: 4096 bits
ephemeral signing key: 4096 bits
ephemeral encryption key: 4096 bits
EOF
echo "As described."
