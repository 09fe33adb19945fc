#!/usr/bin/env bash
#
# Guess     StackExchange.Redis emits a span per command, as Npgsql does per statement: a listener has only to hear the
#           library's source, and OpenTelemetry to name it.
# Seen      There is no source. While commands ran against a real server, succeeding and failing, a listener to every
#           source heard none of them (only the runtime's own, of connecting), and the library had made no ActivitySource.
#           It measures for whoever opens a profiling session instead: there, the same commands are.
# Version   StackExchange.Redis 3.4.35; any redis-server on the PATH (7.0.15 here; without one, exit code 3).
# Source    https://github.com/StackExchange/StackExchange.Redis/issues/833 (why there are none) and /issues/2474 (asked
#           for again, closed); /pull/3241 there still weighs what it would take. docs/Profiling_v2.md in the repository has
#           the sessions.
# Output    activities: 0
#           sources of the library: 0
#           profiled: SET
#           profiled: GET
#           profiled: LPUSH
# Matters   A trace of Taskmaster would end before Redis, where its tokens are, and nobody would see why: no span is no
#           error. The token store and the services' other commands start their own (RedisSpan.cs, RedisCommands.cs).

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
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="StackExchange.Redis" Version="3.4.35" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Collections.Concurrent;
using System.Diagnostics;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

var sources = new ConcurrentBag<string>();
var activities = 0;
using var listener = new ActivityListener
{
    // Asked about every source in the process, those made later too.
    ShouldListenTo = source =>
    {
        sources.Add(source.Name);
        return true;
    },
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    // The runtime has activities of its own for connecting (System.Net.Sockets, System.Net.NameResolution).
    ActivityStarted = activity =>
    {
        if (activity.Source.Name != "Probe" && !activity.Source.Name.Contains("System.Net.", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref activities);
        }
    },
};
ActivitySource.AddActivityListener(listener);

// The listener hears, and the commands have a parent.
using var own = new ActivitySource("Probe");
using var parent = own.StartActivity("Parent") ?? throw new InvalidOperationException("The listener is deaf.");

using var redis = await ConnectionMultiplexer.ConnectAsync(args[0]);
var session = new ProfilingSession();
redis.RegisterProfiler(() => session);

var database = redis.GetDatabase();
await database.StringSetAsync("key", "value");
await database.StringGetAsync("key");
try
{
    await database.ListLeftPushAsync("key", "value");
    throw new InvalidOperationException("A string is no list.");
}
catch (RedisServerException)
{
}

Console.WriteLine($"activities: {activities}");
Console.WriteLine($"sources of the library: {sources.Count(name => name.Contains("Redis", StringComparison.OrdinalIgnoreCase))}");
foreach (var command in session.FinishProfiling().OrderBy(command => command.CommandCreated))
{
    Console.WriteLine($"profiled: {command.Command}");
}
EOF

dotnet build -v:q > build.log 2>&1 || { cat build.log; exit 2; }

# On some port of the loopback address; another is tried should it be taken.
for _ in 1 2 3; do
    port=$((20000 + RANDOM % 10000))
    redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" > redis.log 2>&1 &
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

dotnet run --no-build -- "127.0.0.1:$port" | tee seen

diff seen - <<'EOF'
activities: 0
sources of the library: 0
profiled: SET
profiled: GET
profiled: LPUSH
EOF
echo "As described."
