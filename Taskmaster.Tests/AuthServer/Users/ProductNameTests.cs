using Taskmaster.AuthServer.Users;

namespace Taskmaster.Tests.AuthServer.Users;

public sealed class ProductNameTests
{
    [Theory]
    [InlineData("Taskmaster")]
    [InlineData("TASKMASTER")]
    [InlineData("Task Master")]
    [InlineData("The Taskmaster Team")]
    [InlineData("T4skm4ster")]
    [InlineData("Ta$kma$ter")]
    [InlineData("Taskrnaster")]
    [InlineData("T\u00e1skm\u00e4ster")]
    [InlineData("\u0422\u0430\u0455\u043am\u0430\u0455t\u0435r")]
    [InlineData("\u03a4\u03b1skm\u03b1s\u03c4\u03b5r")]
    [InlineData("\uff34\uff41\uff53\uff4b\uff4d\uff41\uff53\uff54\uff45\uff52")]
    [InlineData("\U0001d413\U0001d41a\U0001d42c\U0001d424\U0001d426\U0001d41a\U0001d42c\U0001d42d\U0001d41e\U0001d42b")]
    [InlineData("\u24c9\u24d0\u24e2\u24da\u24dc\u24d0\u24e2\u24e3\u24d4\u24e1")]
    [InlineData("\u1d1b\u1d00\ua731\u1d0b\u1d0d\u1d00\ua731\u1d1b\u1d07\u0280")]
    [InlineData("Ta\u0301skmaster")]
    [InlineData("Task\u200bmas\u00adter")]
    public void A_name_that_reads_as_Taskmasters_is_recognised(string name) => Assert.True(ProductName.IsIn(name));

    [Theory]
    [InlineData("Alice")]
    [InlineData("Mark Masterson")]
    [InlineData("Tamás Kertész")]
    [InlineData("\u041c\u0430\u0440\u0438\u044f \u0422\u0430\u0440\u0430\u0441\u043e\u0432\u0430")]
    [InlineData("\ud800")]
    public void Other_peoples_names_are_theirs(string name) => Assert.False(ProductName.IsIn(name));
}
