using CsCheck;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>What chance decides; the same seed decides the same.</summary>
internal sealed class Choices(int seed)
{
    private readonly PCG _random = new(1, (ulong)seed);

    public int Below(int bound) => (int)_random.Next((uint)bound);

    public bool OneIn(int times) => Below(times) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
