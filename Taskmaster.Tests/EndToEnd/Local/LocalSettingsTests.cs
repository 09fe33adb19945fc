using Microsoft.Extensions.Configuration;
using Taskmaster.AppHost.Local;

namespace Taskmaster.Tests.EndToEnd.Local;

public sealed class LocalSettingsTests
{
    [Fact]
    public void A_setting_that_is_empty_is_one_that_is_unset()
    {
        var unset = Settings();
        var empty = Settings(("Local:DataFolder", ""), ("Local:Redis", ""), ("Local:Postgres", ""), ("Fetch:AllowLoopback", ""));

        Assert.Null(empty.Refusal);
        Assert.Equal(unset, empty);
    }

    [Fact]
    public void What_is_named_from_the_folder_one_is_in_is_found_from_everywhere()
    {
        var settings = Settings(("Local:DataFolder", "data"), ("Local:Redis", "./redis-server"), ("Local:Postgres", "bin"));

        Assert.Equal(Path.GetFullPath("data"), settings.DataFolder);
        Assert.Equal(Path.GetFullPath("redis-server"), settings.Redis);
        Assert.Equal(Path.GetFullPath("bin"), settings.Postgres);
    }

    [Fact]
    public void A_name_is_no_path()
    {
        var settings = Settings(("Local:Redis", "garnet"), ("Local:Postgres", "npm"));

        Assert.Equal((LocalSettings.Garnet, LocalSettings.Npm), (settings.Redis, settings.Postgres));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData(null, false)]
    public void Documents_of_this_machine_are_let_in_where_that_is_set(string? value, bool expected) =>
        Assert.Equal(expected, Settings(("Fetch:AllowLoopback", value)).AllowLoopback);

    internal static LocalSettings Settings(params (string Name, string? Value)[] settings) => LocalSettings.From(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build(),
        "/clone");
}
