using Taskmaster.AppHost.Local;

namespace Taskmaster.Tests.EndToEnd.Local;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_that_another_holds_is_told_from_one_whose_lock_cannot_be_made()
    {
        using (Open())
        {
            Assert.StartsWith("Another AppHost is running on the data folder ", RefusalOf(Open), StringComparison.Ordinal);
        }

        // A link to itself leads nowhere, and nobody holds it.
        File.Delete(_folder.Of("host.lock"));
        File.CreateSymbolicLink(_folder.Of("host.lock"), "host.lock");

        Assert.StartsWith($"The data folder {_folder.Path} cannot be used (", RefusalOf(Open), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_that_cannot_be_read_are_refused()
    {
        File.CreateSymbolicLink(_folder.Of("parameters.json"), "/proc/self/mem");
        using var folder = Open();

        Assert.StartsWith(
            $"The data folder {_folder.Path} cannot be used (",
            RefusalOf(() => folder.GetOrAddParameter("password", () => "secret")), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_that_cannot_be_kept_are_refused()
    {
        using var folder = Open();
        Directory.CreateDirectory(_folder.Of("parameters.json.new"));

        Assert.StartsWith(
            $"The secrets of this instance cannot be kept in {_folder.Path} (",
            RefusalOf(() => folder.GetOrAddParameter("password", () => "secret")), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private DataFolder Open() => DataFolder.Open(LocalSettingsTests.Settings(("Local:DataFolder", _folder.Path)));

    private static string RefusalOf(Func<object> action) => Assert.Throws<RefusalException>(action).Message;
}
