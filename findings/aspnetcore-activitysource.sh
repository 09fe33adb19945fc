#!/usr/bin/env bash
#
# Guess     An ActivitySource registered in an ASP.NET Core application's container is the application's own: it serves
#           whoever asks for one, and the server's request activities keep coming from "Microsoft.AspNetCore".
# Seen      The host asks the container for an ActivitySource too, and adds its own only where none is registered. With
#           one registration the request's activity comes from that source, and none comes from "Microsoft.AspNetCore".
# Version   ASP.NET Core 10.0 (shared framework), SDK 10.0.
# Source    https://github.com/dotnet/aspnetcore/pull/31483 took the static source out of Hosting in favour of the
#           container's; src/Hosting/Hosting/src/GenericHost/GenericWebHostBuilder.cs in that repository adds it with
#           TryAddSingleton.
# Output    registered=no source=Microsoft.AspNetCore name=Microsoft.AspNetCore.Hosting.HttpRequestIn
#           registered=yes source=Application name=Microsoft.AspNetCore.Hosting.HttpRequestIn
# Matters   Taskmaster's services have sources of their own. Registered as singletons, as a dependency would be, the
#           last of them would take every request's span away from whoever names "Microsoft.AspNetCore" to hear it. They
#           are static fields instead.

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
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Diagnostics;

var heard = new List<string>();
using var listener = new ActivityListener
{
    ShouldListenTo = _ => true,
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    // The client's activities are of another kind.
    ActivityStarted = activity =>
    {
        if (activity.Kind == ActivityKind.Server)
        {
            heard.Add($"source={activity.Source.Name} name={activity.OperationName}");
        }
    },
};
ActivitySource.AddActivityListener(listener);

foreach (var registered in new[] { false, true })
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    if (registered)
    {
        builder.Services.AddSingleton(new ActivitySource("Application"));
    }

    await using var app = builder.Build();
    app.MapGet("/", () => "Hello");
    await app.StartAsync();

    using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
    heard.Clear();
    await client.GetStringAsync(app.Urls.Single());
    Console.WriteLine($"registered={(registered ? "yes" : "no")} {string.Join(" and ", heard)}");
}
EOF

dotnet build -v:q > build.log 2>&1 || { cat build.log; exit 2; }
dotnet run --no-build | tee seen

diff seen - <<'EOF'
registered=no source=Microsoft.AspNetCore name=Microsoft.AspNetCore.Hosting.HttpRequestIn
registered=yes source=Application name=Microsoft.AspNetCore.Hosting.HttpRequestIn
EOF
echo "As described."
