#!/usr/bin/env bash
#
# Guess     The health check that .NET services register for Redis, Aspire's client integration among them, says of a cluster
#           that serves every slot what it says of one server: healthy, with the connection string that the service works by.
# Seen      It is unhealthy while every command of the service is answered: on a cluster the check asks for CLUSTER INFO, which
#           StackExchange.Redis takes for a command of administrators and does not send unless the connection string has
#           allowAdmin=true. A probe of readiness by it never lets the service in.
# Version   AspNetCore.HealthChecks.Redis 9.0.0, StackExchange.Redis 3.4.35; any redis-server from 7.0 on the PATH (7.0.15 here;
#           without one, exit code 3).
# Source    RedisHealthCheck.cs of https://github.com/Xabaril/AspNetCore.Diagnostics.HealthChecks: a server of the type cluster is
#           asked CLUSTER INFO, any other PING; ServerEndPoint and Message.cs of StackExchange.Redis: CLUSTER is among the commands
#           for which allowAdmin is asked. /issues/2288 there asks what else it wants: every node.
# Output    write and read: value
#           as it works: Unhealthy, This operation is not available unless admin mode is enabled: CLUSTER
#           with allowAdmin: Healthy
# Matters   Taskmaster on a Redis Cluster was unhealthy as long as it ran. Its services set AllowAdmin now (RedisConnection.cs);
#           what they may do is decided by their users' rules in Redis.

set -euo pipefail

command -v redis-server > /dev/null || { echo "Skipped: no redis-server on the PATH."; exit 3; }

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$work"' EXIT
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
    <PackageReference Include="AspNetCore.HealthChecks.Redis" Version="9.0.0" />
    <PackageReference Include="StackExchange.Redis" Version="3.4.35" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

using (var redis = await ConnectionMultiplexer.ConnectAsync(args[0]))
{
    await redis.GetDatabase().StringSetAsync("key", "value");
    Console.WriteLine($"write and read: {await redis.GetDatabase().StringGetAsync("key")}");
}

foreach (var (name, address) in new[] { ("as it works", args[0]), ("with allowAdmin", args[0] + ",allowAdmin=true") })
{
    using var redis = await ConnectionMultiplexer.ConnectAsync(address);
    var services = new ServiceCollection();
    services.AddLogging();
    services.AddHealthChecks().AddRedis(redis);
    var report = await services.BuildServiceProvider().GetRequiredService<HealthCheckService>().CheckHealthAsync();
    var entry = report.Entries.Values.Single();
    Console.WriteLine(string.Join(", ", new[] { $"{name}: {entry.Status}", entry.Exception?.Message }.OfType<string>()));
}
EOF

dotnet build -v:q > build.log 2>&1 || { cat build.log; exit 2; }

# A cluster of one, on some port of the loopback address; another is tried should it be taken.
for _ in 1 2 3; do
    port=$((20000 + RANDOM % 10000))
    redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" \
        --cluster-enabled yes --cluster-port $((port + 10000)) > redis.log 2>&1 &
    server=$!
    for _ in $(seq 50); do
        grep -q 'Ready to accept connections' redis.log && break 2
        kill -0 "$server" 2> /dev/null || break
        sleep 0.1
    done
    kill "$server" 2> /dev/null || true
    server=
done
[ -n "$server" ] || { cat redis.log; exit 2; }

redis-cli -p "$port" cluster addslotsrange 0 16383 > /dev/null
for _ in $(seq 50); do
    redis-cli -p "$port" cluster info | grep -q 'cluster_state:ok' && break
    sleep 0.1
done

dotnet run --no-build -- "127.0.0.1:$port" | tee seen

diff seen - <<'EOF'
write and read: value
as it works: Unhealthy, This operation is not available unless admin mode is enabled: CLUSTER
with allowAdmin: Healthy
EOF
echo "As described."
