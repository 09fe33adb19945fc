using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Taskmaster.Benchmarks.Stores;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TokenStore;

/// <summary>The libraries as others get them: packages in a folder, and programs that have nothing else of Taskmaster.</summary>
public sealed class PackageTests(BuiltSamples samples, SingleRedis redis) : IClassFixture<BuiltSamples>, IClassFixture<SingleRedis>
{
    [Fact]
    public void A_package_has_its_symbols_its_documentation_and_a_page_to_read_first()
    {
        Assert.Equal(
            BuiltSamples.Packages
                .SelectMany(package => (string[])[$"{package}.{samples.Version}.nupkg", $"{package}.{samples.Version}.snupkg"])
                .Order(StringComparer.Ordinal),
            samples.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        foreach (var name in BuiltSamples.Packages)
        {
            using var package = ZipFile.OpenRead(samples.Files.Single(file => file.Name == $"{name}.{samples.Version}.nupkg").FullName);
            Assert.NotNull(package.GetEntry("README.md"));
            Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.xml"));
        }
    }

    [Fact]
    public async Task A_program_that_has_only_the_package_keeps_its_tokens_in_Redis()
    {
        var origin = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet", [BuiltSamples.AssemblyOf("TokenStore", "TokenStoreSample"), "--urls", $"{origin}"]);
        start.Environment["Redis"] = redis.Configuration.EndPoints.Single().ToString();
        using var sample = Process.Start(start)!;
        try
        {
            using var http = new HttpClient { BaseAddress = origin };
            http.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("sample:sample-secret")));
            await TokenRedis.UntilAsync(async () => await AnswersAsync(http, sample));

            var token = (string)(await PostAsync(http, "/token", "grant_type=client_credentials"))["access_token"]!;
            Assert.Equal(43, token.Length);
            Assert.True((bool)(await PostAsync(http, "/introspect", $"token={token}"))["active"]!);
            Assert.NotEmpty(redis.Connection.GetServers().Single().Keys(pattern: "oi:t:*").ToArray());

            _ = await PostAsync(http, "/revoke", $"token={token}");
            Assert.False((bool)(await PostAsync(http, "/introspect", $"token={token}"))["active"]!);
        }
        finally
        {
            sample.Kill();
            await sample.WaitForExitAsync();
        }
    }

    /// <summary>Those about replays are few and quick; all of the suite runs in the conformance tests beside this one.</summary>
    [Fact]
    public async Task A_project_that_has_only_the_package_runs_its_tests_on_a_server_of_its_own()
    {
        var sample = BuiltSamples.AssemblyOf("TokenStore.Conformance", "TokenStoreConformanceSample");

        var run = await Shell.RunAsync($"REDIS={redis.Configuration.EndPoints.Single()} dotnet test {sample} --filter Behaviour=1");

        Assert.Matches(@"Failed: +0, Passed: +2, Skipped: +0", run);
        Assert.NotEmpty(redis.Connection.GetServers().Single().Keys(pattern: "test-*").ToArray());
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Process sample)
    {
        Assert.False(sample.HasExited, "The sample ended.");
        try
        {
            using var response = await http.GetAsync("/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<JsonObject> PostAsync(HttpClient http, string path, string form)
    {
        using var content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var response = await http.PostAsync(path, content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {body}");
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }
}
