using System.Text;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.Tests.AuthServer;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("client:secret", "client", "secret", true)]
    [InlineData("client:a:b", "client", "a:b", true)]
    [InlineData("client:", "client", "", true)]
    [InlineData("a%3Ab+c:%C3%A9", "a:b c", "é", false)]
    [InlineData("client:é", "client", "é", false)]
    public void The_first_colon_parts_id_from_secret_and_both_are_form_decoded(string sent, string id, string secret, bool isPlain)
    {
        var header = "basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(sent));

        Assert.Equal(new BasicCredentials(id, secret, isPlain), BasicCredentials.Read(header));
        Assert.Equal(new BasicCredentials(id, null, isPlain), BasicCredentials.Read(header, withSecret: false));
    }

    [Theory]
    [InlineData("Bearer Y2xpZW50OnNlY3JldA==")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic OnNlY3JldA==")]
    public void Another_scheme_and_what_names_no_client_are_no_credentials(string header) => Assert.Null(BasicCredentials.Read(header));

    [Fact]
    public void Credentials_longer_than_any_of_ours_are_not_read() =>
        Assert.Null(BasicCredentials.Read("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("client:" + new string('s', 1024)))));
}
