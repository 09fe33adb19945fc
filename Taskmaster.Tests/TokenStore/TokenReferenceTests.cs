using Taskmaster.TokenStore.Format;

namespace Taskmaster.Tests.TokenStore;

public sealed class TokenReferenceTests
{
    private static readonly TokenRoute Route = new(0x1234, 0x5678, 0x9abc);

    [Fact]
    public void A_reference_is_43_characters_and_leads_to_its_route()
    {
        var reference = TokenReference.Create(Route, out var location);

        Assert.Equal(43, reference.Length);
        Assert.Equal(Route, location.Route);
        Assert.Equal(location, TokenReference.Locate(reference));
    }

    [Fact]
    [Trait("Behaviour", "12")]
    public void A_million_references_of_one_route_are_unique_and_share_no_characters()
    {
        const int count = 1_000_000;
        var seen = new HashSet<UInt128>(count);
        var firstBytes = new int[256];

        for (var i = 0; i < count; i++)
        {
            var reference = TokenReference.Create(Route, out _);
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(reference);
            Assert.True(seen.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes)));
            firstBytes[bytes[0]]++;
        }

        // 3,906 each, give or take 62; eight of those off would be no accident.
        Assert.All(firstBytes, times => Assert.InRange(times, 3406, 4406));
    }

    [Fact]
    public void A_reference_whose_route_was_changed_leads_to_another_name()
    {
        var reference = TokenReference.Create(Route, out _);
        var forged = (reference[0] == 'A' ? 'B' : 'A') + reference[1..];

        Assert.NotEqual(TokenReference.Locate(reference).Name, TokenReference.Locate(forged).Name);
        Assert.NotEqual(TokenReference.Locate(reference).Route, TokenReference.Locate(forged).Route);
    }

    [Theory]
    [InlineData("")]
    [InlineData("BCDF-GHJK")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData(
        "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9")]
    public void Any_other_text_leads_somewhere_without_an_error(string reference)
    {
        var location = TokenReference.Locate(reference);

        Assert.True(TokenLocation.TryParse(location.ToString(), out var parsed));
        Assert.Equal(location, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an id")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void What_is_not_an_id_is_no_location(string id) => Assert.False(TokenLocation.TryParse(id, out _));
}
