namespace Taskmaster.Tests.Fixtures;

/// <summary>Somebody who signs up. Each is new, so tests need no order and leave each other alone.</summary>
public sealed record Person(string Name, string Email, string Password)
{
    public static Person Named(string name) =>
        new(name, $"{name.ToLowerInvariant()}-{Guid.CreateVersion7():n}@example.com", "correct horse battery 9-Staple");
}
