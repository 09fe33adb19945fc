using Taskmaster.AuthServer.ClientDocuments;

namespace Taskmaster.Tests.AuthServer.ClientDocuments;

/// <summary>draft-ietf-oauth-client-id-metadata-document-02 §3.</summary>
public sealed class ClientIdUrlTests
{
    [Theory]
    [InlineData("https://app.example.com/client.json")]
    [InlineData("https://app.example.com:8443/oauth/client-metadata.json")]
    [InlineData("https://app.example.com/client?version=2")]
    [InlineData("https://app.example.com/caf%C3%A9")]
    [InlineData("https://xn--bcher-kva.example/client")]
    public void An_address_with_a_path_is_one(string clientId)
    {
        Assert.True(ClientIdUrl.Is(clientId));
        Assert.Equal((clientId, null), (ClientIdUrl.Read(clientId).Address!.AbsoluteUri, ClientIdUrl.Read(clientId).Problem));
    }

    [Theory]
    [InlineData("https://app.example.com", "path")]
    [InlineData("https://app.example.com/", "path")]
    [InlineData("https://app.example.com/?client=1", "path")]
    [InlineData("https://app.example.com/client#top", "fragment")]
    [InlineData("https://app.example.com/client#", "fragment")]
    [InlineData("https://alice@app.example.com/client", "user name")]
    [InlineData("https://alice:secret@app.example.com/client", "user name")]
    [InlineData("https://app.example.com/a/../client", "shortest form")]
    [InlineData("https://app.example.com/./client", "shortest form")]
    [InlineData("https://app.example.com/a/%2e%2e/client", "shortest form")]
    [InlineData("https://APP.example.com/client", "shortest form")]
    [InlineData("HTTPS://app.example.com/client", "shortest form")]
    [InlineData("https://app.example.com:443/client", "shortest form")]
    [InlineData("https://app.example.com/a b", "shortest form")]
    [InlineData("https://bücher.example/client", "ASCII")]
    [InlineData("https://app.example.com/café", "ASCII")]
    [InlineData("https://0x7f.1/client", "shortest form")]
    [InlineData("https://app.example.com\\client", "no address")]
    [InlineData("https://app.example.com/a\\client", "shortest form")]
    [InlineData("https://app.example.com/a%2fb", "escaped slash")]
    [InlineData("https://app.example.com./client", "end with a dot")]
    [InlineData("https:///client", "no address")]
    [InlineData("https://", "no address")]
    public void An_address_that_libraries_read_in_different_ways_is_none(string clientId, string problem) =>
        Assert.Contains(problem, ClientIdUrl.Read(clientId).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_long_address_is_none() => Assert.NotNull(ClientIdUrl.Read("https://app.example.com/" + new string('a', 240)).Problem);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("b7m2k9p4x3wd")]
    [InlineData("taskmaster-web")]
    [InlineData("urn:example:client")]
    public void What_does_not_begin_as_an_address_is_looked_up(string? clientId) => Assert.False(ClientIdUrl.Is(clientId));
}
