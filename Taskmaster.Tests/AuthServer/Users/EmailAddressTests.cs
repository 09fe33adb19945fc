using Taskmaster.AuthServer.Users;

namespace Taskmaster.Tests.AuthServer.Users;

/// <summary>RFC 5321 §4.1.2, RFC 6531 §3.3.</summary>
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("alice@example.com")]
    [InlineData(" alice@example.com ")]
    [InlineData("alice.o'hara+tasks@mail.example.co.uk")]
    [InlineData("a@b.co")]
    [InlineData("alice@xn--bcher-kva.example")]
    [InlineData("j\u00fcrgen@b\u00fccher.example")]
    [InlineData("\u7528\u6237@\u4f8b\u5b50.\u5e7f\u544a")]
    public void An_address_is_one(string text) => Assert.True(EmailAddress.IsOne(text));

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("@example.com")]
    [InlineData("alice@")]
    [InlineData("alice@localhost")]
    [InlineData("alice@example")]
    [InlineData("alice@example.com.")]
    [InlineData("alice@.example.com")]
    [InlineData("alice@example..com")]
    [InlineData("alice@-example.com")]
    [InlineData("alice@exam_ple.com")]
    [InlineData("alice@127.0.0.1")]
    [InlineData("alice@[127.0.0.1]")]
    [InlineData("alice@bob@example.com")]
    [InlineData(".alice@example.com")]
    [InlineData("alice.@example.com")]
    [InlineData("al..ice@example.com")]
    [InlineData("al ice@example.com")]
    [InlineData("Alice <alice@example.com>")]
    [InlineData("alice@example.com,bob@example.com")]
    [InlineData("alice@example.com\r\nBcc: x@example.com")]
    [InlineData("ali\u200bce@example.com")]
    [InlineData("alice@exa mple.com")]
    public void What_mail_cannot_be_sent_to_is_none(string text) => Assert.False(EmailAddress.IsOne(text));

    [Fact]
    public void No_part_is_longer_than_mail_has_room_for()
    {
        Assert.True(EmailAddress.IsOne($"{new string('a', 64)}@{new string('b', 63)}.example"));
        Assert.False(EmailAddress.IsOne($"{new string('a', 65)}@example.com"));
        Assert.False(EmailAddress.IsOne($"alice@{new string('b', 64)}.example"));
    }
}
