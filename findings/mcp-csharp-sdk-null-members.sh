#!/usr/bin/env bash
#
# Guess     A tool made with UseStructuredContent gives results that fit the output schema that the C# SDK of the Model Context
#           Protocol made of the same .NET type, also where a member has no value.
# Seen      The schema requires every member of the record and lets it be null; the result leaves a member that is null out. It
#           does not fit: the member is required. Clients that check results against the schema refuse it.
#           And an argument of a tool that is an integer by its schema is refused when it is written 5.0, which JSON Schema calls
#           an integer; the message says that an error occurred and names neither the argument nor what is wrong with it.
# Version   ModelContextProtocol 2.4.0 on .NET 10.
# Source    https://github.com/modelcontextprotocol/csharp-sdk: McpJsonUtilities.DefaultOptions have WhenWritingNull, and the schema
#           is made by Microsoft.Extensions.AI from the record's constructor, whose parameters are all required. MCP 2026-07-28,
#           server/tools, output schema: servers MUST provide structured results that conform to it. JSON Schema 2020-12,
#           validation, section 6.1.1: any number with a zero fractional part is an integer.
# Output    required: ["name","next"]
#           result: {"name":"a page"}
#           7 -> seven is 7
#           7.0 -> An error occurred invoking 'echo'.
# Matters   Every page that is the last has no cursor, so that its result would be refused. Taskmaster gives the SDK options of its own,
#           which write null, normalizes whole numbers, and checks arguments against the listed schema first; McpToolTests shows all.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > probe.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="ModelContextProtocol" Version="2.4.0" />
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

var (toServer, toClient) = (new Pipe(), new Pipe());
var services = new ServiceCollection();
services.AddLogging();
services.AddMcpServer()
    .WithStreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream())
    .WithTools<Probe>();
await using var provider = services.BuildServiceProvider();
var server = provider.GetRequiredService<McpServer>();
using var end = new CancellationTokenSource();
var running = server.RunAsync(end.Token);
await using var client = await McpClient.CreateAsync(
    new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));

var tool = (await client.ListToolsAsync()).Single(tool => tool.Name == "last_page");
Console.WriteLine($"required: {tool.ProtocolTool.OutputSchema!.Value.GetProperty("required").GetRawText()}");
Console.WriteLine($"result: {(await client.CallToolAsync("last_page")).StructuredContent!.Value.GetRawText()}");
foreach (var number in new[] { "7", "7.0" })
{
    var result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["seven"] = JsonDocument.Parse(number).RootElement });
    Console.WriteLine($"{number} -> {((TextContentBlock)result.Content[0]).Text}");
}

end.Cancel();

[McpServerToolType]
internal sealed class Probe
{
    [McpServerTool(Name = "last_page", UseStructuredContent = true)]
    public static Page LastPage() => new("a page", null);

    [McpServerTool(Name = "echo")]
    public static string Echo(int seven) => $"seven is {seven}";
}

internal sealed record Page(string Name, string? Next);
CS

cat > expected <<'TEXT'
required: ["name","next"]
result: {"name":"a page"}
7 -> seven is 7
7.0 -> An error occurred invoking 'echo'.
TEXT
dotnet run -v q 2> build.log > seen || { cat build.log seen; exit 2; }
cat seen
diff expected seen
