using System.Collections.Concurrent;
using Taskmaster.TokenStore.Fast;

namespace Taskmaster.Tests.TokenStore;

/// <summary>A reference is a bearer's only proof: what it is made of must not come twice, and must not be what was wiped.</summary>
public sealed class RandomReserveTests
{
    [Theory]
    [InlineData(26)]
    [InlineData(32)]
    [InlineData(1000)]
    [InlineData(1024)]
    public void No_bytes_are_given_out_twice_whoever_asks(int size)
    {
        var given = new ConcurrentBag<string>();
        Parallel.For(0, 4, _ =>
        {
            var bytes = new byte[size];
            for (var i = 0; i < 500; i++)
            {
                RandomReserve.Fill(bytes);
                foreach (var eight in bytes.Chunk(8).Where(chunk => chunk.Length == 8))
                {
                    given.Add(Convert.ToHexString(eight));
                }
            }
        });

        Assert.Equal(2000 * (size / 8), given.Distinct().Count());
    }

    [Fact]
    public void The_bytes_of_every_place_take_all_values()
    {
        var seen = new HashSet<(int Place, byte Value)>();
        var bytes = new byte[32];
        for (var i = 0; i < 10_000; i++)
        {
            RandomReserve.Fill(bytes);
            for (var place = 0; place < bytes.Length; place++)
            {
                seen.Add((place, bytes[place]));
            }
        }

        Assert.Equal(32 * 256, seen.Count);
    }
}
