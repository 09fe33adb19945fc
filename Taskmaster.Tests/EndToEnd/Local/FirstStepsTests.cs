using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

[Collection(HostProcessCollection.Name)]
public sealed class FirstStepsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task By_https_the_lines_that_the_console_prints_can_be_pasted_as_they_are()
    {
        await using var host = await HostProcess.StartAsync(
            _folder.Of("it's here"), new Dictionary<string, string> { ["DOTNET_LAUNCH_PROFILE"] = "https" });
        var lines = host.Output.Split('\n').Where(
            line => line.StartsWith("  TOKEN=", StringComparison.Ordinal) || line.StartsWith("  curl ", StringComparison.Ordinal));

        Assert.Equal(Uri.UriSchemeHttps, host.PublicOrigin.Scheme);
        Assert.Contains("\"title\"", await Shell.RunAsync(string.Join('\n', lines)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
