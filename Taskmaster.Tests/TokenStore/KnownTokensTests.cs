using System.Security.Claims;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.TokenStore.Fast;
using Taskmaster.TokenStore.Format;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TokenStore;

public sealed class KnownTokensTests
{
    private static readonly byte[] Value = [1, 2, 3];

    private readonly FakeTimeProvider _time = new();
    private readonly KnownTokens _known;

    public KnownTokensTests() => _known = new(_time);

    [Fact]
    public void A_token_is_known_for_ten_seconds()
    {
        var token = Token("alice");
        _known.Keep(token, Value);

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Same(token.Principal, _known.Find(token.Location, Value)?.Principal);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(_known.Find(token.Location, Value));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 2 })]
    [InlineData(new byte[] { 1, 2, 3, 0 })]
    public void Another_value_under_the_same_key_is_not_known(byte[] value)
    {
        var token = Token("alice");
        _known.Keep(token, Value);

        Assert.Null(_known.Find(token.Location, value));
    }

    [Fact]
    public void What_becomes_of_a_copy_is_not_known_of_the_others()
    {
        var token = Token("alice");
        _known.Keep(token, Value);

        token.Status = Statuses.Revoked;
        _known.Find(token.Location, Value)!.Status = Statuses.Revoked;

        Assert.Equal(Statuses.Valid, _known.Find(token.Location, Value)!.Status);
    }

    [Fact]
    public void Of_any_number_of_tokens_with_the_same_value_none_is_taken_for_another()
    {
        var tokens = Enumerable.Range(0, 3000).Select(number => Token($"user {number}")).ToList();
        foreach (var token in tokens)
        {
            _known.Keep(token, Value);
        }

        var found = tokens.Select(token => (Token: token, Found: _known.Find(token.Location, Value)))
            .Where(pair => pair.Found is not null)
            .ToList();
        Assert.InRange(found.Count, 100, 1024);
        Assert.All(found, pair => Assert.Same(pair.Token.Principal, pair.Found!.Principal));
    }

    private static RedisToken Token(string subject)
    {
        var token = new RedisToken { Status = Statuses.Valid, Subject = subject, Principal = new ClaimsPrincipal() };
        token.Place(RedisToken.NewTag());
        return token;
    }
}
