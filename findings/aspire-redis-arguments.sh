#!/usr/bin/env bash
#
# Guess     AddRedis("redis").WithArgs("--appendonly", "yes") gives redis-server two more arguments, published as well.
# Seen      The published container is /bin/sh -c "redis-server ..." and the two stand behind that: they are the shell's
#           own parameters ($0 and $1), and redis-server is not given them. Publishing warns of nothing.
# Version   Aspire.Hosting.Redis 13.6.5, Aspire.AppHost.Sdk 13.6.4.
# Source    https://github.com/microsoft/aspire, src/Aspire.Hosting.Redis/RedisBuilderExtensions.cs: AddRedis puts the
#           command into one argument for the shell when publishing, and keeps it a list when running, so that only the
#           published Redis differs. https://github.com/microsoft/aspire/issues/3838 is why there is a shell (the password).
# Output    manifest: /bin/sh
#           manifest: -c
#           manifest: redis-server --requirepass $REDIS_PASSWORD
#           manifest: --appendonly
#           manifest: yes
#           redis-server was given: --requirepass secret
# Matters   Taskmaster's tokens live in Redis and are to survive its restart. An append-only file asked for in this way
#           would be missing just where it is deployed. The AppHost therefore edits the shell's
#           command line (RedisServerArgs.cs).

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
<Project Sdk="Aspire.AppHost.Sdk/13.6.4">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <!-- ASPIRE010: orchestrator and dashboard as packages; neither is started here. -->
    <NoWarn>$(NoWarn);ASPIRE010</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Aspire.Hosting.AppHost" Version="13.6.5" />
    <PackageReference Include="Aspire.Hosting.Redis" Version="13.6.5" />
    <!-- Transitive: the lowest version a parent names is not on every feed. -->
    <PackageReference Include="Nerdbank.MessagePack" Version="1.3.88" />
    <PackageReference Include="Polly.Extensions" Version="8.8.0" />
    <PackageReference Include="System.IO.Hashing" Version="10.0.14" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Text.Json;

var builder = DistributedApplication.CreateBuilder(args);
builder.AddRedis("redis").WithArgs("--appendonly", "yes");
await builder.Build().RunAsync();

// The container's command from the manifest, a word a line.
using var manifest = JsonDocument.Parse(File.ReadAllText("manifest.json"));
var redis = manifest.RootElement.GetProperty("resources").GetProperty("redis");
File.WriteAllLines(
    "command.txt",
    [redis.GetProperty("entrypoint").GetString()!, .. redis.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)]);
EOF

dotnet run -- --publisher manifest --output-path manifest.json > run.log 2>&1 || { cat run.log; exit 2; }
if grep -i 'warn' run.log; then echo "Publishing warns."; exit 1; fi

# Runs that command as a container would, with a redis-server that only says what it was given.
mkdir path
cat > path/redis-server <<'EOF'
#!/bin/sh
echo "redis-server was given: $*"
EOF
chmod +x path/redis-server
mapfile -t command < command.txt

{
    printf 'manifest: %s\n' "${command[@]}"
    PATH="$work/path:$PATH" REDIS_PASSWORD=secret "${command[@]}"
} | tee seen

diff seen - <<'EOF'
manifest: /bin/sh
manifest: -c
manifest: redis-server --requirepass $REDIS_PASSWORD
manifest: --appendonly
manifest: yes
redis-server was given: --requirepass secret
EOF
echo "As described."
