using System.Xml.Linq;

namespace Taskmaster.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    private static readonly string Root = Path.GetDirectoryName(Projects.Taskmaster_AppHost.ProjectPath)!;

    [Theory]
    [InlineData("Taskmaster.AuthServer")]
    [InlineData("Taskmaster.TasksApi")]
    [InlineData("Taskmaster.Web")]
    public void A_service_shares_nothing_but_hosting_and_storage(string service)
    {
        string[] allowed = ["Taskmaster.ServiceDefaults", "Taskmaster.TokenStore"];

        var referenced = XDocument.Load(Path.Combine(Root, service, service + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .ToList();

        Assert.Contains("Taskmaster.ServiceDefaults", referenced);
        Assert.Empty(referenced.Except(allowed));
    }

    [Fact]
    public void No_code_but_the_AppHost_s_own_knows_that_the_stores_may_be_programs()
    {
        string[] hosting =
        [
            "Taskmaster.AppHost/", "Taskmaster.Tests/EndToEnd/Local/", "Taskmaster.Tests/Fixtures/Stack.cs",
            "Taskmaster.Tests/Architecture/"
        ];

        var code = Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => file.StartsWith("Taskmaster.", StringComparison.Ordinal)
                && !file.Split('/').Any(folder => folder is "bin" or "obj")
                && !hosting.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .ToList();

        Assert.Contains("Taskmaster.TasksApi/Program.cs", code);
        Assert.DoesNotContain(code, file => File.ReadAllText(Path.Combine(Root, file)).Contains("Local:", StringComparison.Ordinal));
    }
}
