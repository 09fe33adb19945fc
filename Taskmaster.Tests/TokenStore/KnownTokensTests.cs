using System.Security.Claims;
using Microsoft.Extensions.Time.Testing;
using Taskmaster.TokenStore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TokenStore;

public sealed class KnownTokensTests
{
    private static readonly byte[] Value = [1, 2, 3];

    private readonly FakeTimeProvider time = new();
    private readonly KnownTokens known;

    public KnownTokensTests() => known = new(time);

    [Fact]
    public void A_token_is_known_for_ten_seconds()
    {
        var token = Token("alice");
        known.Keep(token, Value);

        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Same(token.Principal, known.Find(token.Location, Value)?.Principal);

        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(known.Find(token.Location, Value));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 2 })]
    [InlineData(new byte[] { 1, 2, 3, 0 })]
    public void Another_value_under_the_same_key_is_not_known(byte[] value)
    {
        var token = Token("alice");
        known.Keep(token, Value);

        Assert.Null(known.Find(token.Location, value));
    }

    [Fact]
    public void What_becomes_of_a_copy_is_not_known_of_the_others()
    {
        var token = Token("alice");
        known.Keep(token, Value);

        token.Status = Statuses.Revoked;
        known.Find(token.Location, Value)!.Status = Statuses.Revoked;

        Assert.Equal(Statuses.Valid, known.Find(token.Location, Value)!.Status);
    }

    [Fact]
    public void Of_any_number_of_tokens_with_the_same_value_none_is_taken_for_another()
    {
        var tokens = Enumerable.Range(0, 3000).Select(number => Token($"user {number}")).ToList();
        foreach (var token in tokens)
        {
            known.Keep(token, Value);
        }

        var found = tokens.Select(token => (Token: token, Found: known.Find(token.Location, Value))).Where(pair => pair.Found is not null).ToList();
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
