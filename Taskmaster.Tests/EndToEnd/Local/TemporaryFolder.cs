using System.Security.Cryptography;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateDirectory(
        System.IO.Path.Combine(
            System.IO.Path.GetTempPath(), $"taskmaster-{RandomNumberGenerator.GetHexString(12, lowercase: true)}")).FullName;

    public string Path { get; }

    public string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
